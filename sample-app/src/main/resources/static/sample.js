// The page of the ring with something to do on it. Everything that is done here can be done with curl as well.
import { mount } from './ring/page.js';

const controls = document.getElementById('controls').content.firstElementChild.cloneNode(true);
const answer = controls.querySelector('#answer');
const members = controls.querySelector('select[name=member]');
const held = new Map(); // locks by name: the token with which each is given back

mount(document.getElementById('ring'), { before: controls, onSnapshot: offerMembers });

on('multicast', async (form, button) => {
  const path = `messages?${query({ group: form.group.value, guarantee: form.guarantee.value })}`;
  const times = Number(button?.value || 1);
  const places = await Promise.all(Array.from({ length: times }, (unused, index) =>
    call('POST', path, times === 1 ? form.text.value : `${form.text.value} ${index + 1}`)));
  const last = places.at(-1);
  return `${times === 1 ? 'delivered' : `${times} delivered, the last`} as number ${last.sequence} of ring `
      + `${last.configuration}, in a ${last.kind} configuration of ${last.members.length}`;
});

on('lock', async (form, button) => {
  const name = form.elements.name.value;
  const path = `locks/${encodeURIComponent(name)}`;
  if (button?.name === 'release') {
    if (!held.has(name)) {
      return `the lock ${name} was not taken here`;
    }
    await call('DELETE', `${path}?${query({ token: held.get(name) })}`);
    held.delete(name);
    return `the lock ${name} was given back`;
  }
  const text = await callText('POST', `${path}?${query({ wait: form.wait.value })}`);
  const token = /"token":(-?\d+)/.exec(text)[1]; // as text: it has more digits than a number of JavaScript
  held.set(name, token);
  return `the lock ${name} is held here, with the fencing token ${token}`;
});

on('map', async form => {
  const path = `maps/${encodeURIComponent(form.map.value)}/${encodeURIComponent(form.key.value)}`;
  const { previous } = await call('PUT', path, form.value.value);
  return `put; before it was ${previous === null ? 'nothing' : previous}`;
});

on('counter', async form => {
  const { value } = await call('POST',
      `counters/${encodeURIComponent(form.counter.value)}?${query({ add: form.add.value })}`);
  return `${form.counter.value} is ${value} now`;
});

on('member', async (form, button) => {
  const name = members.selectedOptions[0].textContent;
  if (button?.value === 'stop') {
    await call('POST', `controls/stop?${query({ member: members.value })}`);
    return `${name} is told to stop`;
  }
  await call('POST', `controls/pause?${query({ member: members.value, for: `${form.seconds.value}s` })}`);
  return `${name} is told to stand still for ${form.seconds.value} seconds`;
});

function on(id, act) {
  controls.querySelector(`#${id}`).addEventListener('submit', async event => {
    event.preventDefault();
    answer.textContent = '…';
    try {
      answer.textContent = await act(event.target, event.submitter);
    } catch (failure) {
      answer.textContent = failure.message;
    }
  });
}

async function call(method, path, body) {
  const text = await callText(method, path, body);
  return text ? JSON.parse(text) : null;
}

async function callText(method, path, body) {
  const response = await fetch(path, { method, body, headers: { Accept: 'application/json, application/problem+json' } });
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`${response.status}: ${reason(text)}`);
  }
  return text;
}

function reason(text) {
  try {
    return JSON.parse(text).detail;
  } catch {
    return text;
  }
}

function query(parameters) {
  return new URLSearchParams(parameters).toString();
}

/** Whoever is on the ring can be disturbed; a choice stays while its member does. */
function offerMembers(snapshot, names) {
  const here = snapshot.ring.configuration?.members ?? [];
  const shown = [...members.options].map(option => option.value);
  if (shown.join() === here.map(each => each.member).join()) {
    return;
  }
  const chosen = members.value;
  members.replaceChildren(...here.map(each =>
    new Option(names.short(each.member) + (each.local ? ' (this member)' : ''), each.member)));
  if (here.some(each => each.member === chosen)) {
    members.value = chosen;
  } else if (here.length > 1) {
    members.value = here.find(each => !each.local).member;
  }
}
