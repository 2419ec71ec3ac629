// A live picture of a ring, as one member sees it. mount() draws it into any element of any page of the same origin.
import { attribute, element, text } from './dom.js';
import { Names } from './names.js';
import { Picture } from './picture.js';
import { Plots } from './plots.js';
import { CountersTable, LocksTable, MapsTables, MembersTable, silent } from './tables.js';
import { Timeline } from './timeline.js';

const EVENTS = new URL('events', import.meta.url); // beside this file
const QUIET_MILLIS = 3000;
const AGAIN_MILLIS = 3000;

/**
 * Draws the ring into this element, as it is now and from now on.
 *
 * @param into the element
 * @param options before: an element to show between the header and the picture; onSnapshot: is told each look
 * @return an object whose close() ends it
 */
export function mount(into, options = {}) {
  return new Page(into, options.before ?? null, options.onSnapshot ?? (() => {}));
}

class Page {
  #root;
  #watching;
  #onSnapshot;
  #source;
  #lastSeen = 0;
  #again = null;
  #history = [];
  #heard = false;
  #names = new Names();
  #title = element('h1', {}, 'Ring');
  #primary = element('span', { class: 'vs-badge' });
  #state = element('span', { class: 'vs-badge' });
  #seenBy = element('p', { class: 'vs-seen-by' });
  #connection = element('p', { class: 'vs-connection' }, 'Waiting for the first look …');
  #live = element('p', { class: 'vs-unseen', 'aria-live': 'polite', 'data-live': 'configuration' });
  #picture = new Picture(this.#names);
  #members = new MembersTable(this.#names);
  #plots = new Plots(this.#names);
  #timeline = new Timeline(this.#names);
  #old = element('p', { class: 'vs-old', hidden: '' }, 'This member is in no primary component: its locks, counters and maps'
      + ' are shown as they were when it last was.');
  #locks = new LocksTable(this.#names);
  #counters = new CountersTable();
  #maps = new MapsTables();

  constructor(into, before, onSnapshot) {
    this.#root = into;
    this.#onSnapshot = onSnapshot;
    into.classList.add('vs-page');
    into.replaceChildren(
        element('header', { class: 'vs-header' },
            element('div', { class: 'vs-titles' }, this.#title, this.#state, this.#primary),
            this.#seenBy, this.#connection, this.#live),
        ...(before ? [before] : []),
        element('div', { class: 'vs-parts' },
            this.#picture.element(), this.#members.element(), this.#plots.element(), this.#timeline.element(),
            element('div', { class: 'vs-objects' }, this.#old,
                this.#locks.element(), this.#counters.element(), this.#maps.element())));
    this.#open();
    this.#watching = setInterval(() => this.#check(), 1000);
  }

  close() {
    clearInterval(this.#watching);
    clearTimeout(this.#again);
    this.#source.close();
  }

  #open() {
    this.#source = new EventSource(EVENTS);
    this.#source.addEventListener('history', event => this.#configurations(JSON.parse(event.data)));
    this.#source.addEventListener('snapshot', event => this.#show(JSON.parse(event.data)));
    this.#source.addEventListener('error', () => {
      // Browsers come back by themselves, but not if the server had no place for them.
      if (this.#source.readyState === EventSource.CLOSED) {
        clearTimeout(this.#again);
        this.#again = setTimeout(() => this.#open(), AGAIN_MILLIS);
      }
      this.#check();
    });
  }

  #check() {
    const quiet = performance.now() - this.#lastSeen > QUIET_MILLIS;
    attribute(this.#root, 'data-connection', quiet ? 'lost' : 'there');
    this.#connection.hidden = !quiet;
    if (quiet && this.#lastSeen > 0) {
      text(this.#connection, 'Nothing comes from this member any more: what you see is old. Trying again …');
    }
  }

  #configurations(history) {
    const known = new Set(this.#history.map(Timeline.key));
    this.#history = history;
    const news = history.filter(entry => !known.has(Timeline.key(entry)));
    if (this.#heard && news.length > 0) {
      // Both halves of a change in one sentence: who left has left with the transitional configuration.
      text(this.#live, this.#timeline.spoken({ ...history[0], left: news.flatMap(entry => entry.left) }));
    }
  }

  #show(snapshot) {
    this.#lastSeen = performance.now();
    this.#heard = true;
    const ring = snapshot.ring;
    if (ring.configuration) {
      this.#names.learn(ring.configuration.members);
    }
    const stale = silent(snapshot);
    text(this.#title, ring.cluster);
    text(this.#state, ring.state === 'OPERATIONAL' ? '● operational' : `◌ ${ring.state.toLowerCase().replace('_', ' ')}`);
    attribute(this.#state, 'data-good', ring.state === 'OPERATIONAL');
    text(this.#primary, ring.primary ? '✓ primary' : '✕ not primary: reads only');
    attribute(this.#primary, 'data-good', ring.primary);
    text(this.#seenBy, ring.local ? `Seen by ${ring.local.address}, member ${ring.local.member}` : 'No member runs here.');
    this.#picture.show(ring, this.#history, stale);
    this.#members.show(snapshot, stale);
    this.#plots.show(snapshot, this.#history);
    this.#timeline.show(this.#history);
    this.#old.hidden = ring.primary;
    this.#locks.show(snapshot.locks);
    this.#counters.show(snapshot.counters);
    this.#maps.show(snapshot.maps);
    this.#check();
    this.#onSnapshot(snapshot, this.#names);
  }
}
