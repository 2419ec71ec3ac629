// The last minute as lines: what is delivered, how long that takes, what waits.
import { attribute, bytes, count, element, keyed, millis, section, shape, text } from './dom.js';

const WIDTH = 320;
const HEIGHT = 96;
const SPAN_MILLIS = 60_000;

/** One plot with a line for each series; series are told apart by colour, by dashes and by name. */
class Plot {
  #title;
  #format;
  #series = new Map(); // name → [{ at, value }]
  #changes = shape('g', { class: 'vs-changes' });
  #lines = shape('g');
  #top = element('span', { class: 'vs-top' });
  #legend = element('ul', { class: 'vs-legend' });
  #drawing = shape('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', role: 'img', class: 'vs-plot' },
      shape('line', { class: 'vs-axis', x1: 0, x2: WIDTH, y1: HEIGHT - 1, y2: HEIGHT - 1 }),
      shape('line', { class: 'vs-grid', x1: 0, x2: WIDTH, y1: 1, y2: 1 }),
      shape('line', { class: 'vs-grid', x1: 0, x2: WIDTH, y1: HEIGHT / 2, y2: HEIGHT / 2 }),
      this.#changes, this.#lines);

  constructor(title, format) {
    this.#title = title;
    this.#format = format;
  }

  element() {
    return element('figure', { class: 'vs-figure' },
        element('figcaption', {}, element('span', {}, this.#title), this.#top), this.#drawing, this.#legend);
  }

  add(name, at, value) {
    if (!this.#series.has(name)) {
      this.#series.set(name, []);
    }
    this.#series.get(name).push({ at, value });
  }

  draw(now, changes) {
    this.#forget(now);
    const names = [...this.#series.keys()].sort();
    const all = [...this.#series.values()].flat().map(point => point.value);
    const top = ceiling(Math.max(0, ...all));
    text(this.#top, `to ${this.#format(top)}`);
    keyed(this.#changes, changes.filter(at => now - at < SPAN_MILLIS), String,
        () => shape('line', { y1: 0, y2: HEIGHT }),
        (line, at) => {
          attribute(line, 'x1', x(at, now));
          attribute(line, 'x2', x(at, now));
        });
    keyed(this.#lines, names, name => name, () => shape('polyline'), (line, name) => {
      attribute(line, 'data-series', names.indexOf(name) % 6);
      attribute(line, 'points', this.#series.get(name)
          .map(point => `${x(point.at, now)},${(HEIGHT - 1 - point.value / top * (HEIGHT - 6)).toFixed(1)}`).join(' '));
    });
    const latest = name => this.#format(this.#series.get(name).at(-1).value);
    keyed(this.#legend, names, name => name,
        () => element('li', {}, shape('svg', { class: 'vs-key', viewBox: '0 0 22 6', 'aria-hidden': 'true' },
            shape('line', { x1: 0, x2: 22, y1: 3, y2: 3 })), element('span')),
        (item, name) => {
          attribute(item.firstChild.firstChild, 'data-series', names.indexOf(name) % 6);
          text(item.lastChild, `${name} ${latest(name)}`);
        });
    attribute(this.#drawing, 'aria-label', `${this.#title}, the last minute; now `
        + (names.map(name => `${name} ${latest(name)}`).join(', ') || 'nothing'));
  }

  #forget(now) {
    for (const [name, points] of this.#series) {
      while (points.length > 0 && now - points[0].at > SPAN_MILLIS) {
        points.shift();
      }
      if (points.length === 0) {
        this.#series.delete(name);
      }
    }
  }
}

export class Plots {
  #names;
  #throughput = new Plot('Delivered per second', value => count(Math.round(value)));
  #latency = new Plot('Agreed latency', value => millis(value));
  #backlog = new Plot('Waiting to be sent', value => bytes(Math.round(value)));
  #looks = [];

  constructor(names) {
    this.#names = names;
  }

  element() {
    return section('plots', 'The last minute', element('div', { class: 'vs-figures' },
        this.#throughput.element(), this.#latency.element(), this.#backlog.element()),
    element('p', { class: 'vs-note' }, 'What members tell of themselves is counted too. A dotted upright line is a new'
        + ' configuration.'));
  }

  show(snapshot, history) {
    const now = snapshot.at;
    this.#deliveries(now, snapshot.ring.messages?.delivered);
    for (const report of snapshot.reports) {
      if (report.ageMillis < 1500) {
        const name = this.#names.short(report.member);
        this.#latency.add(name, now, report.latencyNanos);
        this.#backlog.add(name, now, report.backlogBytes);
      }
    }
    const changes = history.filter(entry => entry.kind === 'REGULAR').map(entry => Date.parse(entry.at));
    [this.#throughput, this.#latency, this.#backlog].forEach(plot => plot.draw(now, changes));
  }

  /** Over the last second, so that one look more or less does not show. */
  #deliveries(at, delivered) {
    if (delivered === undefined || delivered === null) {
      this.#looks = [];
      return;
    }
    if (this.#looks.length > 0 && this.#looks.at(-1).delivered > delivered) {
      this.#looks = []; // another member has been started in its place
    }
    this.#looks.push({ at, delivered });
    while (at - this.#looks[0].at > 1300) {
      this.#looks.shift();
    }
    const first = this.#looks[0];
    if (at > first.at) {
      this.#throughput.add('here', at, (delivered - first.delivered) * 1000 / (at - first.at));
    }
  }
}

function x(at, now) {
  return (WIDTH - (now - at) / SPAN_MILLIS * WIDTH).toFixed(1);
}

/** The next of 1, 2, 5, 10, … */
function ceiling(value) {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
  return [1, 2, 5, 10].map(step => step * power).find(step => step >= value) ?? value;
}
