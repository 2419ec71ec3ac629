package io.vsring.replicated;

import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.RingId;

/** Members that tests talk about. */
final class Members {

    static final MemberId A = new MemberId(1, 0xa);
    static final MemberId B = new MemberId(2, 0xb);
    static final MemberId C = new MemberId(3, 0xc);
    static final MemberId D = new MemberId(4, 0xd);
    static final MemberId E = new MemberId(5, 0xe);
    /** The slots of A, B and C, started again. */
    static final MemberId A2 = new MemberId(1, 0xa2);

    static final MemberId B2 = new MemberId(2, 0xb2);
    static final MemberId C2 = new MemberId(3, 0xc2);

    private Members() {}

    static MemberSet set(MemberId... members) {
        return MemberSet.of(members);
    }

    static Label label(long ringSequence) {
        return new Label(0, 7, new RingId(A, ringSequence));
    }
}
