package io.vsring.protocol;

import io.vsring.wire.RingSettings;

/** The defaults, with what a test says differently. */
final class OptionsBuilder {

    private int frameBytes = 1400;
    private int windowFrames = 80;
    private int windowFramesMax;
    private int visitFrames = 17;
    private int acceleratedFrames;
    private int storeFrames = 512;
    private int minVersion = 1;
    private int stuckVisits = 1000;
    private int maxMembers = 64;

    static OptionsBuilder options() {
        return new OptionsBuilder();
    }

    OptionsBuilder frameBytes(int bytes) {
        frameBytes = bytes;
        return this;
    }

    OptionsBuilder windowFramesMax(int frames) {
        windowFramesMax = frames;
        return this;
    }

    OptionsBuilder windowFrames(int frames) {
        windowFrames = frames;
        return this;
    }

    OptionsBuilder visitFrames(int frames) {
        visitFrames = frames;
        return this;
    }

    OptionsBuilder acceleratedFrames(int frames) {
        acceleratedFrames = frames;
        return this;
    }

    OptionsBuilder storeFrames(int frames) {
        storeFrames = frames;
        return this;
    }

    OptionsBuilder minVersion(int version) {
        minVersion = version;
        return this;
    }

    OptionsBuilder stuckVisits(int visits) {
        stuckVisits = visits;
        return this;
    }

    OptionsBuilder maxMembers(int members) {
        maxMembers = members;
        return this;
    }

    ProtocolOptions build() {
        ProtocolOptions defaults = ProtocolOptions.defaults();
        RingSettings usual = defaults.settings();
        return new ProtocolOptions(
                new RingSettings(
                        usual.version(),
                        frameBytes,
                        windowFrames,
                        usual.tokenLossNanos(),
                        usual.tokenRetransmitNanos(),
                        usual.holdNanos()),
                windowFramesMax,
                minVersion,
                visitFrames,
                acceleratedFrames,
                storeFrames,
                defaults.consensusNanos(),
                defaults.commitLossNanos(),
                defaults.joinNanos(),
                defaults.mergeNanos(),
                defaults.slowMemberNanos(),
                defaults.backoffMaxNanos(),
                stuckVisits,
                defaults.missVisits(),
                maxMembers);
    }
}
