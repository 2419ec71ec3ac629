// The members on their ring, and the token.
import { attribute, element, keyed, section, shape, text } from './dom.js';
import { Names } from './names.js';

const CENTRE = 200;
const RADIUS = 138;
const OUTSIDE = 166;
const GONE_MILLIS = 90_000;

const STATES = {
  OPERATIONAL: 'operational',
  JOINING: 'forming a ring',
  LEAVING: 'leaving',
  CLOSED: 'closed',
  NOT_RUNNING: 'not running',
};

export class Picture {
  #names;
  #still = matchMedia('(prefers-reduced-motion: reduce)');
  #track = shape('circle', { class: 'vs-track', cx: CENTRE, cy: CENTRE, r: RADIUS });
  #token = shape('circle', { class: 'vs-token', r: 9 });
  #tail = shape('path', { class: 'vs-tail' });
  #members = shape('g');
  #state = shape('text', { class: 'vs-centre-state', x: CENTRE, y: CENTRE - 10 });
  #speed = shape('text', { class: 'vs-centre', x: CENTRE, y: CENTRE + 14 });
  #ring = shape('text', { class: 'vs-centre', x: CENTRE, y: CENTRE + 34 });
  #drawing = shape('svg', { class: 'vs-picture', viewBox: '0 0 400 396', role: 'img' },
      this.#track, this.#tail, this.#token, this.#members, this.#state, this.#speed, this.#ring);
  #angle = 0; // of the token, in turns
  #turns = 0; // that are shown in a second
  #rate = 0; // rotations per second, as counted
  #before = null;
  #drawnAt = null;

  constructor(names) {
    this.#names = names;
    requestAnimationFrame(now => this.#frame(now));
  }

  element() {
    return section('ring', 'Ring', this.#drawing,
        element('p', { class: 'vs-note' }, 'The token is sampled: it moves faster where it really does, but only as fast'
            + ' as an eye can follow. It rests while the members form a new ring.'));
  }

  show(ring, history, stale) {
    this.#measure(ring);
    const present = ring.configuration?.members ?? [];
    const here = present.map(each => each.member);
    const all = [...present, ...gone(history, here).map(member => ({ member, gone: true }))]
        .sort((a, b) => Names.order(a.member, b.member));
    attribute(this.#track, 'data-state', ring.state);
    text(this.#state, STATES[ring.state] ?? ring.state);
    text(this.#speed, ring.state === 'OPERATIONAL' ? rotations(this.#rate, here.length) : 'the token rests');
    text(this.#ring, ring.configuration ? `ring ${Names.ring(ring.configuration.ring)}` : '');
    attribute(this.#drawing, 'aria-label', `${here.length} members on the ring: ${this.#names.list(here)}; `
        + (STATES[ring.state] ?? ring.state));
    keyed(this.#members, all.map((member, index) => ({ ...member, angle: index / all.length })),
        each => each.member, () => this.#make(),
        (made, each) => this.#place(made, each, all.length, stale.has(each.member)));
  }

  /** How often the token came by since the look before. */
  #measure(ring) {
    const now = performance.now();
    const visits = ring.token?.visits ?? 0;
    const before = this.#before;
    if (before === null || visits < before.visits || ring.state !== 'OPERATIONAL') {
      this.#before = { visits, now };
      this.#rate = 0;
    } else if (now - before.now > 900) {
      this.#rate = (visits - before.visits) * 1000 / (now - before.now);
      this.#before = { visits, now };
    }
    this.#turns = this.#rate === 0 ? 0 : 0.12 + 0.1 * Math.log2(1 + this.#rate);
  }

  #make() {
    return shape('g', { class: 'vs-member' },
        shape('circle', { class: 'vs-body-of-member', r: 31 }),
        shape('text', { class: 'vs-name', y: 5 }),
        shape('text', { class: 'vs-said', y: 48 }));
  }

  #place(made, each, size, isStale) {
    const [x, y] = at(each.angle, each.gone ? OUTSIDE : RADIUS);
    const scale = size <= 8 ? 1 : Math.max(0.4, 8 / size);
    attribute(made, 'transform', `translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${scale.toFixed(2)})`);
    attribute(made, 'data-member', each.member);
    const said = each.gone ? 'left' : each.local ? 'this member' : isStale ? 'silent' : '';
    attribute(made, 'data-said', said);
    const name = this.#names.short(each.member);
    text(made.children[1], name);
    attribute(made.children[1], 'data-long', name.length > 7 ? 'true' : null);
    text(made.children[2], said);
  }

  #frame(now) {
    const passed = this.#drawnAt === null ? 0 : Math.min(100, now - this.#drawnAt) / 1000;
    this.#drawnAt = now;
    const shown = this.#turns > 0 || this.#rate > 0;
    attribute(this.#token, 'data-rests', shown ? null : 'true');
    if (this.#still.matches) {
      this.#angle = 0.5 / 12;
      attribute(this.#tail, 'd', '');
    } else {
      this.#angle = (this.#angle + passed * this.#turns) % 1;
      this.#drawTail();
    }
    const [x, y] = at(this.#angle, RADIUS);
    attribute(this.#token, 'cx', x.toFixed(1));
    attribute(this.#token, 'cy', y.toFixed(1));
    requestAnimationFrame(later => this.#frame(later));
  }

  #drawTail() {
    const length = Math.min(0.16, this.#turns * 0.12);
    const [x1, y1] = at(this.#angle - length, RADIUS);
    const [x2, y2] = at(this.#angle, RADIUS);
    attribute(this.#tail, 'd', this.#turns === 0 ? ''
        : `M${x1.toFixed(1)} ${y1.toFixed(1)} A${RADIUS} ${RADIUS} 0 0 1 ${x2.toFixed(1)} ${y2.toFixed(1)}`);
  }
}

function at(turns, radius) {
  const angle = (turns - 0.25) * 2 * Math.PI;
  return [CENTRE + radius * Math.cos(angle), CENTRE + radius * Math.sin(angle)];
}

function rotations(rate, members) {
  if (members === 1) {
    return 'alone';
  }
  return rate < 10 ? `${rate.toFixed(1)} rotations/s` : `${Math.round(rate).toLocaleString('en')} rotations/s`;
}

/** Members that left a short while ago, and whose slot nobody has taken since. */
function gone(history, here) {
  const taken = new Set(here.map(Names.slot));
  const since = Date.now() - GONE_MILLIS;
  const left = [];
  for (const entry of history) {
    for (const member of Date.parse(entry.at) < since ? [] : entry.left) {
      if (!taken.has(Names.slot(member))) {
        taken.add(Names.slot(member));
        left.push(member);
      }
    }
  }
  return left;
}
