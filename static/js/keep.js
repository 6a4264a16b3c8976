// Copies in this browser of what is typed in a form[data-keep], until the server has it. A copy
// belongs to a person (data-keep), a page and a field, and knows the revision it was typed on, so
// that writing put back later never overwrites what somebody else saved meanwhile.
const DAYS = 30 * 864e5;
const day = new Intl.DateTimeFormat([], { dateStyle: 'long', timeStyle: 'short' });

export const writable = form => [...form.elements].filter(field =>
  field.name && !field.disabled && field.matches('textarea, input:not([type]), input[type="text"], input[type="url"]'));
const keyOf = (form, field) => `kept:${form.dataset.keep}:${location.pathname}:${field.name}`;
// The marks that the server gives back for what it cannot keep: forms/text.py has the same.
const marked = text => text
  .replace(/[\0-\x08\x0b\x0c\x0e-\x1f]/g, sign => String.fromCharCode(0x2400 + sign.charCodeAt()))
  .replace(/\x7f/g, '\u2421')
  .replace(/[\x80-\x9f]|\p{NChar}|\p{Cs}/gu, '\ufffd');
const plain = (field, text) => {
  const lines = marked(text.replace(/\r\n?/g, '\n'));
  return field.matches('textarea') ? lines : lines.trim();
};

function read(key) {
  try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
}

// The hidden field that goes with one field: its own, where a page has several forms in one.
function hidden(form, field, name) {
  return form.elements[field.name.replace(/[^-]*$/, '') + name] ?? form.elements[name];
}

// What the page's hidden fields say now, which the copies are based on.
export function basis(form) {
  const found = {};
  for (const field of form.elements) if (/(^|-)(revision|seen)$/.test(field.name)) found[field.name] = field.value;
  return found;
}

// What a page was drawn from is a choice of one: communities/forms/drawn.py says why.
export const isDrawn = field => field.matches('select[multiple][hidden]');

export function draw(field, value) {
  if (field.options) field.options[0].value = value;
  field.value = value;
}

// `sent` is a sending whose answer has not come: the server may have it.
export function copy(form, fields, base, sent) {
  let isKept = true;
  for (const field of fields) {
    const [revision, seen] = ['revision', 'seen'].map(name => base[hidden(form, field, name)?.name]);
    const kept = { text: field.value, at: Date.now(), revision, seen, sent: sent?.get(field.name) };
    // A browser may refuse to keep anything; then the server is all there is.
    try { localStorage.setItem(keyOf(form, field), JSON.stringify(kept)); } catch { isKept = false; }
  }
  return isKept;
}

export function forget(form, fields) {
  try { for (const field of fields) localStorage.removeItem(keyOf(form, field)); } catch { /* none there */ }
}

export function sweep() {
  let keys = [];
  try { keys = Object.keys(localStorage); } catch { return; }
  for (const key of keys) {
    if (key.startsWith('kept:') && !(Date.now() - read(key)?.at < DAYS)) localStorage.removeItem(key);
  }
}

// What the server says in the field; the browser may have put something else into it on Back.
const said = field => plain(field, field.defaultValue);

// Copies that say something else than the page does. Those that say the same were saved.
export function lost(form) {
  const found = [];
  for (const field of writable(form)) {
    const kept = read(keyOf(form, field));
    if (!kept) continue;
    if (plain(field, kept.text) !== said(field)) found.push([field, kept]);
    else if (!('unsaved' in form.dataset)) forget(form, [field]);
  }
  return found;
}

// Typed on an older revision than the page shows, unless that is our own sending of a moment ago.
function putBack(form, [field, kept]) {
  const revision = hidden(form, field, 'revision');
  const isOurs = kept.sent !== undefined && plain(field, kept.sent) === said(field);
  if (revision && kept.revision && Number(kept.revision) < Number(revision.value) && !isOurs) {
    draw(revision, kept.revision);
    draw(hidden(form, field, 'seen'), kept.seen);
  }
  field.value = kept.text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

function button(words, act) {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = 'button small plain';
  made.textContent = words;
  made.addEventListener('click', act);
  return made;
}

export function offer(form, found) {
  const when = day.format(Math.max(...found.map(([, kept]) => kept.at)));
  const words = document.createElement('p');
  words.textContent = `This browser kept writing of ${when} that was not saved. The form shows what is saved.`;
  const notice = document.createElement('div');
  const matter = document.createElement('div');
  const ways = document.createElement('div');
  notice.className = 'notice warn up-4';
  notice.setAttribute('role', 'status');
  ways.className = 'cluster up-3';
  ways.append(
    button('Put it back', () => {
      for (const one of found) putBack(form, one);
      notice.remove();
      found[0][0].focus();
    }),
    button('Discard it', () => {
      forget(form, found.map(([field]) => field));
      notice.remove();
    }),
  );
  matter.append(words, ways);
  // Every form of the studio has a sign for how its saving stands.
  const sign = form.querySelector('.save-state svg')?.cloneNode(true) ?? document.createElement('span');
  const use = sign.querySelector('use');
  use?.setAttribute('href', use.getAttribute('href').replace(/#.*/, '#i-alert'));
  notice.append(sign, matter);
  form.before(notice);
}
