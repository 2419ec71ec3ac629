package io.vsring.spring.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/** The observations of vs, their names and their keys. */
public enum RingObservation implements ObservationDocumentation {

    /**
     * A message from the moment in which it is sent until it has been delivered here. Its context travels in the
     * message's headers.
     */
    SEND {
        @Override
        public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
            return DefaultSendConvention.class;
        }

        @Override
        public KeyName[] getLowCardinalityKeyNames() {
            return new KeyName[] {LowKey.SYSTEM, LowKey.OPERATION, LowKey.GROUP, LowKey.GUARANTEE};
        }

        @Override
        public KeyName[] getHighCardinalityKeyNames() {
            return new KeyName[0];
        }
    },

    /** One call of a handler. It goes on from what the message's headers say of its sender. */
    HANDLE {
        @Override
        public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
            return DefaultHandleConvention.class;
        }

        @Override
        public KeyName[] getLowCardinalityKeyNames() {
            return new KeyName[] {LowKey.SYSTEM, LowKey.OPERATION, LowKey.GROUP, LowKey.GUARANTEE, LowKey.LISTENER};
        }

        @Override
        public KeyName[] getHighCardinalityKeyNames() {
            return HighKey.values();
        }
    };

    /** Keys with few values, which meters get as tags. */
    public enum LowKey implements KeyName {
        /** Always {@code vs}. */
        SYSTEM("messaging.system"),
        /** {@code publish} or {@code process}. */
        OPERATION("messaging.operation.type"),
        /** The group of the message. */
        GROUP("messaging.destination.name"),
        /** {@code agreed} or {@code safe}. */
        GUARANTEE("vs.guarantee"),
        /** The listener that is called. */
        LISTENER("vs.listener");

        private final String key;

        LowKey(String key) {
            this.key = key;
        }

        @Override
        public String asString() {
            return key;
        }
    }

    /** Keys with many values, which only traces get. */
    public enum HighKey implements KeyName {
        /** Who sent the message. */
        SENDER("vs.sender"),
        /** The configuration in which it was delivered. */
        CONFIGURATION("vs.configuration"),
        /** The sequence number of the frame in which it ended. */
        SEQUENCE("vs.sequence");

        private final String key;

        HighKey(String key) {
            this.key = key;
        }

        @Override
        public String asString() {
            return key;
        }
    }
}
