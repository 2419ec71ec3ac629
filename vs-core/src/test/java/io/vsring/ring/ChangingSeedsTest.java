package io.vsring.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Members on virtual time that are told where others are while they run. */
class ChangingSeedsTest {

    private static final String NOBODY = "127.0.0.1:7009";

    private final VirtualMembers world = new VirtualMembers();
    private List<String> seeds = List.of();
    private boolean answers = true;

    @Test
    void whoIsToldOfLaterIsFound() {
        world.add(asking());
        world.add(RingOptions.builder().seedProvider(() -> List.of(NOBODY)));
        start();
        world.pass(10_000);
        assertThat(world.members).allMatch(member -> sizeOfRing(member) == 1);

        seeds = List.of("127.0.0.1:7002");
        world.pass(7000);

        assertThat(world.members).allMatch(member -> sizeOfRing(member) == 2);
    }

    @Test
    void anAddressThatTakesThePlaceOfAnotherIsFound() {
        seeds = List.of(NOBODY);
        world.add(asking());
        world.add(RingOptions.builder().seedProvider(() -> List.of(NOBODY)));
        start();
        world.pass(3000);

        seeds = List.of("127.0.0.1:7002");
        world.pass(7000);

        assertThat(world.members).allMatch(member -> sizeOfRing(member) == 2);
    }

    @Test
    void whoDoesNotKnowWhereOthersAreIsNotSureToBeAlone() {
        answers = false;
        VirtualMembers.Virtual member = world.add(asking());
        start();
        world.pass(20_000);

        assertThat(member.ring.hasKnownSeeds(Duration.ZERO)).isFalse();
        assertThatThrownBy(() -> member.ring.awaitFormation(Duration.ZERO))
                .isInstanceOf(RingStartException.class)
                .hasMessageContaining("not known yet")
                .hasMessageContaining("the table is locked");

        answers = true;
        world.pass(1900);
        assertThatThrownBy(() -> member.ring.awaitFormation(Duration.ZERO)).isInstanceOf(RingStartException.class);
        assertThat(member.ring.hasKnownSeeds(Duration.ofSeconds(1))).isFalse();
        world.pass(200);
        assertThatCode(() -> member.ring.awaitFormation(Duration.ZERO)).doesNotThrowAnyException();
        assertThat(member.ring.hasKnownSeeds(Duration.ofSeconds(1))).isTrue();
    }

    @Test
    void whoIsFoundByOthersNeedNotKnowWhereTheyAre() {
        answers = false;
        VirtualMembers.Virtual member = world.add(asking());
        world.add(RingOptions.builder());
        start();

        world.pass(2000);

        assertThat(sizeOfRing(member)).isEqualTo(2);
        assertThatCode(() -> member.ring.awaitFormation(Duration.ZERO)).doesNotThrowAnyException();
    }

    @Test
    void seedsThatAreAddressesHaveBeenKnownForEver() {
        VirtualMembers.Virtual member = world.add(RingOptions.builder());

        assertThat(member.ring.hasKnownSeeds(Duration.ofDays(1))).isTrue();
    }

    @Test
    void theThreadThatAsksEndsWithTheMember() {
        VirtualMembers.Virtual member = world.add(asking());
        start();
        world.pass(10);
        assertThat(member.asking.isClosed()).isFalse();

        member.ring.leave();
        world.pass(1000);

        assertThat(member.asking.isClosed()).isTrue();
    }

    private RingOptionsBuilder asking() {
        return RingOptions.builder().seedProvider(() -> {
            if (!answers) {
                throw new UnknownHostException("the table is locked");
            }
            return seeds;
        });
    }

    private void start() {
        world.members.forEach(member -> member.ring.start());
        world.pass(1);
    }

    private static int sizeOfRing(VirtualMembers.Virtual member) {
        return member.ring.status().members().size();
    }
}
