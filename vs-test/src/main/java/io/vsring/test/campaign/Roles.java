package io.vsring.test.campaign;

/**
 * Members that are special for one round. Every round has others.
 *
 * @param clock whose wall clock can be made to jump
 * @param smallBuffer who has a small receive buffer
 * @param veteran who is never ended, so that one sees what becomes of a process in time
 */
record Roles(int clock, int smallBuffer, int veteran) {

    static Roles of(CampaignOptions options) {
        return new Roles(number(options, 0), number(options, 1), number(options, 2));
    }

    private static int number(CampaignOptions options, int role) {
        return 1 + Math.floorMod(options.seed() + role, options.members());
    }
}
