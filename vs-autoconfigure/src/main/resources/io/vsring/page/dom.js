// What the parts of the page need to make elements. Text is always set as text: nothing that a member or a map holds
// is ever read as markup.

const SVG = 'http://www.w3.org/2000/svg';

/** An element with attributes and children; null leaves an attribute out. */
export function element(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

/** The same in a picture. */
export function shape(name, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, name), attributes, children);
}

function filled(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) {
      made.setAttribute(name, value);
    }
  }
  made.append(...children.filter(child => child !== null));
  return made;
}

/** Sets the text if it is another one, so that nothing is drawn anew or read out for nothing. */
export function text(of, value) {
  const now = String(value);
  if (of.textContent !== now) {
    of.textContent = now;
  }
}

/** Sets or takes away an attribute, likewise. */
export function attribute(of, name, value) {
  if (value === null) {
    of.removeAttribute(name);
  } else if (of.getAttribute(name) !== String(value)) {
    of.setAttribute(name, value);
  }
}

/** Makes the children of a parent those of these items, in order; each is made once and then updated. */
export function keyed(parent, items, keyOf, make, update) {
  const before = new Map([...parent.children].map(child => [child.dataset.key, child]));
  let at = null;
  for (const item of items) {
    const key = keyOf(item);
    let child = before.get(key);
    if (child) {
      before.delete(key);
    } else {
      child = make(item);
      child.dataset.key = key;
    }
    update(child, item);
    const next = at === null ? parent.firstElementChild : at.nextElementSibling;
    if (next !== child) {
      parent.insertBefore(child, next);
    }
    at = child;
  }
  before.forEach(child => child.remove());
}

/** A part of the page with a heading of its own. */
export function section(id, title, ...children) {
  return element('section', { class: `vs-card vs-${id}`, 'aria-labelledby': `vs-${id}-title` },
      element('h2', { id: `vs-${id}-title` }, title), ...children);
}

/** A table that stays one for whoever does not see it, also where it is drawn as cards. */
export function table(caption, columns) {
  const body = element('tbody', { role: 'rowgroup' });
  const head = element('tr', { role: 'row' },
      ...columns.map(column => element('th', { role: 'columnheader', scope: 'col' }, column)));
  const made = element('table', { role: 'table' },
      element('caption', { class: 'vs-unseen' }, caption),
      element('thead', { role: 'rowgroup' }, head), body);
  return { made, body, columns };
}

/** A row of such a table: the first cell is its heading. */
export function row(columns) {
  return element('tr', { role: 'row' }, ...columns.map((column, index) => index === 0
      ? element('th', { role: 'rowheader', scope: 'row' })
      : element('td', { role: 'cell', 'data-label': column })));
}

export function count(number) {
  return Number(number).toLocaleString('en');
}

export function bytes(number) {
  return number < 1024 ? `${number} B` : number < 1048576 ? `${(number / 1024).toFixed(1)} kB`
      : `${(number / 1048576).toFixed(1)} MB`;
}

export function millis(nanos) {
  const value = nanos / 1e6;
  return value < 10 ? `${value.toFixed(2)} ms` : value < 1000 ? `${Math.round(value)} ms` : `${(value / 1000).toFixed(1)} s`;
}
