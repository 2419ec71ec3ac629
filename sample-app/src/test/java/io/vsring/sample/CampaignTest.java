package io.vsring.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.test.campaign.Campaign;
import io.vsring.test.campaign.CampaignOptions;
import io.vsring.test.campaign.FaultKind;
import io.vsring.test.campaign.MemberNetwork;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes of this application under load, one of them killed and one stopped: a short run of what runs for hours. */
class CampaignTest {

    private static final int MEMBERS = 3;
    private static final long SEED = 1;

    @Test
    void whatClientsWereAnsweredHoldsWhileProcessesAreKilledStoppedAndRestarted(@TempDir Path folder) throws Exception {
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        CampaignOptions options = new CampaignOptions(
                List.of("-cp", classes, SampleApplication.class.getName()),
                MEMBERS,
                6,
                Duration.ofSeconds(15),
                SEED,
                EnumSet.of(FaultKind.KILL, FaultKind.STOP, FaultKind.ROTATE_KEYS),
                folder,
                new MemberNetwork.Loopback(FreePorts.first(MEMBERS), FreePorts.first(MEMBERS)),
                CampaignOptions.Rounds.ONE);
        Campaign campaign = new Campaign(options, line -> {});

        List<String> wrongs = campaign.run();

        assertThat(wrongs).as(campaign.page()).isEmpty();
        assertThat(campaign.faults(FaultKind.KILL)).isPositive();
        assertThat(campaign.faults(FaultKind.STOP)).isPositive();
        assertThat(campaign.faults(FaultKind.ROTATE_KEYS)).isPositive();
        assertThat(campaign.calls()).as(campaign.page()).isGreaterThan(100);
    }
}
