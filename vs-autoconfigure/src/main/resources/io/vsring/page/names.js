// Members have long names (a slot and an incarnation); a human reads the shortest thing that tells them apart.

const SLOT_DIGITS = 4; // who has chosen slots has chosen short ones; others are hashes

export class Names {
  #addresses = new Map(); // by member, also of those that have gone
  #say = address => address;
  #slots = false;

  learn(members) {
    const before = this.#addresses.size;
    members.forEach(member => this.#addresses.set(member.member, member.address));
    if (this.#addresses.size !== before) {
      this.#choose();
    }
  }

  #choose() {
    const addresses = new Set(this.#addresses.values());
    const areDistinct = part => new Set([...addresses].map(part)).size === addresses.size;
    this.#slots = [...this.#addresses.keys()].every(member => Names.slot(member).length <= SLOT_DIGITS);
    this.#say = [port, host].find(areDistinct) ?? (address => address);
  }

  /** A short name; of a member that was never seen here the beginning of its incarnation. */
  short(member) {
    const address = this.#addresses.get(member);
    if (this.#slots) {
      return Names.slot(member);
    }
    return address ? this.#say(address) : '#' + member.split('#')[1].slice(0, 6);
  }

  list(members) {
    return members.map(member => this.short(member)).join(', ');
  }

  /** In the order of the ring. */
  static order(a, b) {
    return Number(Names.slot(a)) - Number(Names.slot(b));
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

function port(address) {
  return address.slice(address.lastIndexOf(':') + 1);
}

function host(address) {
  return address.slice(0, address.lastIndexOf(':'));
}
