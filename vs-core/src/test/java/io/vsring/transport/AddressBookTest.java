package io.vsring.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.MemberAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class AddressBookTest {

    @Test
    void whateverStrangersInventTheBookIsBoundedAndTranslatesAllTheSame() throws UnknownHostException {
        TransportCounters counters = new TransportCounters();
        AddressBook book = new AddressBook(counters);
        long largest = 0;
        for (int port = 1; port <= 3 * AddressBook.REMEMBERED_MAX; port++) {
            InetSocketAddress source = new InetSocketAddress(InetAddress.getByAddress(new byte[] {10, 0, 0, 1}), port);
            MemberAddress member = MemberAddress.ofIpv4(0x0A000001, port);

            assertThat(book.memberAt(source)).isEqualTo(member);
            assertThat(counters.addresses()).as("shown").isEqualTo(book.remembered());
            assertThat(book.destination(member).address).isEqualTo(source);
            assertThat(book.remembered()).isLessThanOrEqualTo(AddressBook.REMEMBERED_MAX);
            assertThat(counters.addresses()).as("shown").isEqualTo(book.remembered());
            largest = Math.max(largest, counters.addresses());
        }
        assertThat(largest).isEqualTo(AddressBook.REMEMBERED_MAX);
    }
}
