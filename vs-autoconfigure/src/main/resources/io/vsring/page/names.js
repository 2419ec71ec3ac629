// Members have long names (a slot and an incarnation); a human reads ports, or hosts where there are several.

export class Names {
  #addresses = new Map();
  #manyHosts = false;

  /** Remembers where members are, also after they have gone. */
  learn(members) {
    members.forEach(member => this.#addresses.set(member.member, member.address));
    const hosts = new Set([...this.#addresses.values()].map(address => address.slice(0, address.lastIndexOf(':'))));
    this.#manyHosts = hosts.size > 1;
  }

  /** A short name; of a member that was never seen here the beginning of its incarnation. */
  short(member) {
    const address = this.#addresses.get(member);
    if (!address) {
      return '#' + member.split('#')[1].slice(0, 6);
    }
    return this.#manyHosts ? address : address.slice(address.lastIndexOf(':') + 1);
  }

  list(members) {
    return members.map(member => this.short(member)).join(', ');
  }

  /** In the order of the ring. */
  static order(a, b) {
    return Number(a.split('#')[0]) - Number(b.split('#')[0]);
  }

  /** The end of the ring's number: the rest hardly ever changes. */
  static ring(id) {
    const sequence = id.split('.')[1];
    return sequence.length > 6 ? `…${sequence.slice(-5)}` : sequence;
  }

  static slot(member) {
    return member.split('#')[0];
  }
}
