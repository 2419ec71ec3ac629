package io.vsring.protocol;

import io.vsring.MemberId;
import io.vsring.RingId;
import io.vsring.wire.Token;

/** A token as it may come to a member: nobody holds anything down, nothing was sent, the limit is far away. */
final class TokenBuilder {

    private final RingId ringId;
    private final MemberId destination;
    private long visit;
    private long sequence;
    private long aru;
    private int aruHolder = Token.NOBODY;
    private int framesSent;
    private int backlog;
    private boolean recovering;
    private boolean holding;
    private long limit = 1_000_000;
    private int limitHolder = Token.NOBODY;
    private long nextLimit = 1_000_000;
    private int nextLimitHolder = Token.NOBODY;
    private long[] requests = {};

    private TokenBuilder(RingId ringId, MemberId destination, long visit) {
        this.ringId = ringId;
        this.destination = destination;
        this.visit = visit;
    }

    static TokenBuilder aToken(RingId ringId, MemberId destination, long visit) {
        return new TokenBuilder(ringId, destination, visit);
    }

    /** Of the ring of the tests of single classes. */
    static TokenBuilder aToken(MemberId destination, long visit) {
        return aToken(Cast.RING, destination, visit);
    }

    /** This token after so many hops among members that have everything and say nothing. */
    static TokenBuilder after(Token token, int hops, MemberId destination) {
        TokenBuilder builder = aToken(token.ringId(), destination, token.visit() + hops)
                .sequence(token.sequence())
                .aru(token.aru(), token.aruHolder())
                .framesSent(token.framesSent())
                .backlog(token.backlog())
                .requests(token.requests());
        builder.recovering = token.recovering();
        builder.holding = token.holding();
        builder.limit = token.limit();
        builder.limitHolder = token.limitHolder();
        builder.nextLimit = token.nextLimit();
        builder.nextLimitHolder = token.nextLimitHolder();
        return builder;
    }

    TokenBuilder visit(long count) {
        visit = count;
        return this;
    }

    TokenBuilder sequence(long highest) {
        sequence = highest;
        return this;
    }

    TokenBuilder aru(long upTo, int holder) {
        aru = upTo;
        aruHolder = holder;
        return this;
    }

    /** Everybody has everything up to this number, which is the highest. */
    TokenBuilder allHave(long upTo) {
        return sequence(upTo).aru(upTo, Token.NOBODY);
    }

    TokenBuilder framesSent(int frames) {
        framesSent = frames;
        return this;
    }

    TokenBuilder backlog(int frames) {
        backlog = frames;
        return this;
    }

    TokenBuilder recovering() {
        recovering = true;
        return this;
    }

    TokenBuilder notRecovering() {
        recovering = false;
        return this;
    }

    TokenBuilder holding() {
        holding = true;
        return this;
    }

    TokenBuilder limit(long upTo, int holder) {
        limit = upTo;
        limitHolder = holder;
        return this;
    }

    TokenBuilder nextLimit(long upTo, int holder) {
        nextLimit = upTo;
        nextLimitHolder = holder;
        return this;
    }

    TokenBuilder requests(long... sequences) {
        requests = sequences;
        return this;
    }

    Token build() {
        return new Token(
                ringId,
                destination,
                visit,
                sequence,
                aru,
                aruHolder,
                framesSent,
                backlog,
                recovering,
                holding,
                limit,
                limitHolder,
                nextLimit,
                nextLimitHolder,
                requests);
    }
}
