// Configurations, the youngest first: regular ones are rings at work, transitional ones lead from one to the next.
import { attribute, element, keyed, section, text } from './dom.js';
import { Names } from './names.js';

const REASONS = {
  TOKEN_LOST: 'the token was lost',
  RECOVERY_LOST: 'the token was lost again meanwhile',
  COMMIT_LOST: 'a proposed ring did not come about',
  MEMBER_GATHERS: 'another member gave the ring up',
  MEMBER_LEAVES: 'a member said goodbye',
  STRANGER_HEARD: 'members of another ring were heard',
  MEMBER_UNREACHABLE: 'the process of a member is gone',
  MEMBER_STUCK: 'a member received nothing',
  MEMBER_SLOW: 'a member was too slow',
  PAUSED: 'this process did not run for a while',
};

export class Timeline {
  #names;
  #list = element('ol', { class: 'vs-timeline', reversed: '', tabindex: 0 });

  constructor(names) {
    this.#names = names;
  }

  element() {
    return section('history', 'Configurations', this.#list);
  }

  show(history) {
    keyed(this.#list, history, Timeline.key,
        () => element('li', {}, element('p', { class: 'vs-when' }, element('strong'), element('time')),
            element('p', { class: 'vs-who' }), element('p', { class: 'vs-why' })),
        (item, entry) => this.#update(item, entry));
  }

  #update(item, entry) {
    const regular = entry.kind === 'REGULAR';
    attribute(item, 'data-kind', entry.kind);
    const [when, who, why] = item.children;
    text(when.firstChild, regular ? `Regular, ring ${Names.ring(entry.configuration)}` : 'Transitional');
    text(when.lastChild, new Date(entry.at).toLocaleTimeString('en-GB'));
    attribute(when.lastChild, 'datetime', entry.at);
    attribute(item, 'title', entry.configuration);
    text(who, this.#names.list(entry.members));
    const changes = [
      entry.joined.length > 0 ? `joined: ${this.#names.list(entry.joined)}` : '',
      entry.left.length > 0 ? `left: ${this.#names.list(entry.left)}` : '',
      regular ? '' : reasons(entry),
    ];
    text(why, changes.filter(change => change).join(' · '));
  }

  static key(entry) {
    return `${entry.at} ${entry.configuration}`;
  }

  /** What is read out when the ring has changed. */
  spoken(entry) {
    const parts = [`Configuration change: ${entry.members.length} ${entry.members.length === 1 ? 'member' : 'members'}`];
    if (entry.joined.length > 0) {
      parts.push(`joined ${this.#names.list(entry.joined)}`);
    }
    if (entry.left.length > 0) {
      parts.push(`left ${this.#names.list(entry.left)}`);
    }
    return parts.join(', ');
  }
}

function reasons(entry) {
  const said = entry.reasons.map(reason => REASONS[reason] ?? reason.toLowerCase().replaceAll('_', ' '));
  return said.length > 0 ? `because ${said.join(', ')}` : '';
}
