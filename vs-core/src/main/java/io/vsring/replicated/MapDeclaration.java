package io.vsring.replicated;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Limits that one handle wants its map to have: it says so before its first change, and again where a map has none
 * (another history has begun). Any thread.
 */
final class MapDeclaration {

    private final MapLimits limits;
    private volatile @Nullable CompletableFuture<?> said;

    MapDeclaration(MapLimits limits) {
        this.limits = limits;
    }

    /** Makes sure that what is sent after this finds limits. Twice at once is once too often, and harms nobody. */
    void say(ReplicaHandle handle, MapListeners warned) {
        CompletableFuture<?> last = said;
        if (last == null || last.isCompletedExceptionally() || (last.isDone() && !isLimited(handle))) {
            said = handle.call(MapCommand.limit(limits), MapCommand::readLimits).thenAccept(before -> {
                if (before != null && !before.equals(limits)) {
                    warned.warn("the map '" + handle.name() + "' had " + before + ", and has " + limits
                            + " now, since this member wants that: the last who says so is heard. If this is no change"
                            + " under way, give all members the same limits");
                }
            });
        }
    }

    private static boolean isLimited(ReplicaHandle handle) {
        return handle.here() instanceof MapReplica replica && replica.limits() != null;
    }
}
