package io.vsring.test.campaign;

import com.sun.management.UnixOperatingSystemMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.lang.management.ThreadMXBean;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Asks another JVM of this machine what it takes. One thread. */
final class MemberGauge implements AutoCloseable {

    private final ProcessView process;
    private final JMXConnector connector;
    private final MBeanServerConnection connection;

    private MemberGauge(ProcessView process, JMXConnector connector) throws IOException {
        this.process = process;
        this.connector = connector;
        this.connection = connector.getMBeanServerConnection();
    }

    @SuppressWarnings("BanJNDI") // the address is that of a process that we have started
    static MemberGauge of(ProcessView process) throws IOException {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(process.pid()));
            String address = machine.startLocalManagementAgent();
            machine.detach();
            return new MemberGauge(process, JMXConnectorFactory.connect(new JMXServiceURL(address)));
        } catch (AttachNotSupportedException refused) {
            throw new IOException("process " + process.pid() + " cannot be asked", refused);
        }
    }

    /** Has it collect, and looks. */
    Footprint look() throws IOException {
        ManagementFactory.getPlatformMXBean(connection, MemoryMXBean.class).gc();
        long direct = 0;
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(connection, BufferPoolMXBean.class)) {
            direct += pool.getName().equals("direct") ? pool.getMemoryUsed() : 0;
        }
        return new Footprint(
                heapAfterCollection(),
                direct,
                ManagementFactory.getPlatformMXBean(connection, ThreadMXBean.class)
                        .getThreadCount(),
                ManagementFactory.getPlatformMXBean(connection, UnixOperatingSystemMXBean.class)
                        .getOpenFileDescriptorCount(),
                process.resources().memoryKilobytes());
    }

    /** What was left by the last collection, whatever has been allocated since. */
    private long heapAfterCollection() throws IOException {
        long heap = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getPlatformMXBeans(connection, MemoryPoolMXBean.class)) {
            MemoryUsage left = pool.getType() == MemoryType.HEAP ? pool.getCollectionUsage() : null;
            heap += left == null ? 0 : left.getUsed();
        }
        return heap;
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
