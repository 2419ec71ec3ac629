// What is behind the picture, in words and numbers.
import { attribute, bytes, count, element, keyed, millis, row, section, shape, table, text } from './dom.js';

const STALE_MILLIS = 2500;
const TRACK = 200;
const SPAN_FRAMES = 40; // at least so many are the width of a bar

/** Who has not been heard for a while, or not at all. */
export function silent(snapshot) {
  const heard = new Map(snapshot.reports.map(report => [report.member, report.ageMillis]));
  return new Set((snapshot.ring.configuration?.members ?? [])
      .map(each => each.member)
      .filter(member => (heard.get(member) ?? Infinity) > STALE_MILLIS));
}

export class MembersTable {
  #names;
  #table = table('Members in the order of the ring, and how far each is',
      ['Member', 'Position', 'Agreed', 'Safe', 'Delivered', 'Backlog', 'Latency', 'Heard']);

  constructor(names) {
    this.#names = names;
  }

  element() {
    return section('members', 'Members', this.#table.made,
        element('p', { class: 'vs-note' },
            this.#key('vs-agreed'), 'agreed: so far a member has delivered every frame. ',
            this.#key('vs-safe'), 'safe: so far it knows that the others hold them too. A full bar ends where the'
            + ' ring was when the member said so, which it does twice a second while somebody looks.'));
  }

  #key(name) {
    return shape('svg', { class: 'vs-position-key', viewBox: '0 0 22 10', 'aria-hidden': 'true' },
        shape('rect', { class: name, width: 22, height: 10, rx: 3 }));
  }

  show(snapshot, stale) {
    const reports = new Map(snapshot.reports.map(report => [report.member, report]));
    // Each against the place where it said so: they do not say so at the same moment.
    const behind = Math.max(0, ...snapshot.reports.map(report => report.saidAt - report.safe));
    const span = Math.max(SPAN_FRAMES, Math.ceil(behind * 1.25));
    const shown = (sequence, report) =>
      Math.min(TRACK, Math.max(0, (1 - (report.saidAt - sequence) / span) * TRACK)).toFixed(1);
    keyed(this.#table.body, snapshot.ring.configuration?.members ?? [], each => each.member,
        () => this.#make(),
        (made, each) => this.#update(made, each, reports.get(each.member), { shown, stale: stale.has(each.member) }));
  }

  #make() {
    const made = row(this.#table.columns);
    made.children[0].append(element('span', { class: 'vs-member-name' }), element('span', { class: 'vs-mark' }));
    made.children[1].append(shape('svg', { class: 'vs-position', viewBox: `0 0 ${TRACK} 14`, preserveAspectRatio: 'none',
      'aria-hidden': 'true' },
    shape('rect', { class: 'vs-rail', width: TRACK, height: 14, rx: 3 }),
    shape('rect', { class: 'vs-agreed', height: 14, rx: 3 }),
    shape('rect', { class: 'vs-safe', y: 0, height: 14, rx: 3 })));
    return made;
  }

  #update(made, each, report, { shown, stale }) {
    const [name, position, ...cells] = made.children;
    text(name.firstChild, this.#names.short(each.member) + (each.local ? ' · this member' : ''));
    text(name.lastChild, each.address);
    attribute(name, 'title', each.member);
    attribute(made, 'data-member', each.member);
    attribute(made, 'data-silent', stale ? 'true' : null);
    const [, agreed, safe] = position.firstChild.children;
    attribute(agreed, 'width', report ? shown(report.delivered, report) : 0);
    attribute(safe, 'width', report ? shown(report.safe, report) : 0);
    const values = report
      ? [count(report.delivered), count(report.safe), count(report.messages),
        bytes(report.backlogBytes) + (report.waitingFrames > 0 ? `, ${count(report.waitingFrames)} frames` : ''),
        report.latencyNanos > 0 ? millis(report.latencyNanos) : '–',
        stale ? `silent for ${Math.round(report.ageMillis / 1000)} s` : 'now']
      : ['–', '–', '–', '–', '–', stale ? 'not yet' : 'now'];
    values.forEach((value, index) => text(cells[index], value));
  }
}

export class LocksTable {
  #names;
  #table = table('Locks that somebody holds', ['Lock', 'Owner', 'Fencing token', 'Waiting']);
  #none = element('p', { class: 'vs-none' }, 'Nobody holds a lock.');

  constructor(names) {
    this.#names = names;
  }

  element() {
    return section('locks', 'Locks', this.#table.made, this.#none);
  }

  show(locks) {
    this.#none.hidden = locks.length > 0;
    this.#table.made.hidden = locks.length === 0;
    keyed(this.#table.body, locks, lock => lock.name, () => row(this.#table.columns), (made, lock) => {
      [lock.name, this.#names.short(lock.owner), lock.token, this.#names.list(lock.waiting) || 'nobody']
          .forEach((value, index) => text(made.children[index], value));
    });
  }
}

export class CountersTable {
  #table = table('Counters', ['Counter', 'Value']);
  #none = element('p', { class: 'vs-none' }, 'Nobody has counted yet.');

  element() {
    return section('counters', 'Counters', this.#table.made, this.#none);
  }

  show(counters) {
    this.#none.hidden = counters.length > 0;
    this.#table.made.hidden = counters.length === 0;
    keyed(this.#table.body, counters, counter => counter.name, () => row(this.#table.columns), (made, counter) => {
      text(made.children[0], counter.name);
      text(made.children[1], BigInt(counter.value).toLocaleString('en'));
    });
  }
}

export class MapsTables {
  #maps = element('div');
  #none = element('p', { class: 'vs-none' }, 'No map has been used yet.');

  element() {
    return section('maps', 'Maps', this.#maps, this.#none);
  }

  show(maps) {
    this.#none.hidden = maps.length > 0;
    keyed(this.#maps, maps, map => map.name, map => this.#make(map), (made, map) => this.#update(made, map));
  }

  #make(map) {
    const entries = table(`Entries of the map ${map.name}`, ['Key', 'Value']);
    return element('div', { class: 'vs-map' }, element('h3'), entries.made, element('p', { class: 'vs-note' }));
  }

  #update(made, map) {
    const [title, entries, note] = made.children;
    text(title, `${map.name}: ${count(map.size)} ${map.size === 1 ? 'entry' : 'entries'}`);
    const shown = map.entries ?? [];
    entries.hidden = shown.length === 0;
    note.hidden = map.entries === null || shown.length >= map.size;
    text(note, `${shown.length} of them are shown.`);
    keyed(entries.querySelector('tbody'), shown, entry => entry.key, () => row(['Key', 'Value']), (line, entry) => {
      text(line.children[0], entry.key);
      text(line.children[1], entry.value);
    });
  }
}
