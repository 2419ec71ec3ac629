package io.vsring.test.check;

import io.vsring.MemberSet;
import java.util.ArrayList;
import java.util.List;

/** A transitional configuration: those who go together from one ring to the next. */
final class Passage {
    private final String id;
    private final MemberSet members;
    private final List<Stay> stays = new ArrayList<>();

    Passage(String id, MemberSet members) {
        this.id = id;
        this.members = members;
    }

    MemberSet members() {
        return members;
    }

    /** Those who have installed it, in the order in which they did. */
    List<Stay> stays() {
        return stays;
    }

    @Override
    public String toString() {
        return "transitional " + id + " " + members;
    }
}
