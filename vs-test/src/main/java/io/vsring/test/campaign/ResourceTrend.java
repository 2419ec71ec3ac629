package io.vsring.test.campaign;

/**
 * What a process took at two times.
 *
 * @param pid 0 if it was not one process
 */
record ResourceTrend(long pid, ProcessView.Resources start, ProcessView.Resources end) {

    private static final ProcessView.Resources NOTHING = new ProcessView.Resources(0, 0, 0);

    static final ResourceTrend NONE = new ResourceTrend(0, NOTHING, NOTHING);

    static ResourceTrend begin(MemberSlot member) {
        ProcessView process = member.view();
        return process == null ? NONE : new ResourceTrend(process.pid(), process.resources(), NOTHING);
    }

    /** The trend, if the member still has the process that it began with. */
    ResourceTrend end(MemberSlot member) {
        ProcessView process = member.view();
        return process == null || process.pid() != pid ? NONE : new ResourceTrend(pid, start, process.resources());
    }
}
