// Keeps a copy in this browser of what is typed in a form[data-keep], until the server has it.
// The copy belongs to a person (data-keep), a page and a field. After a crash it is offered back,
// never put back unasked. The form works without this file.
const DAYS = 30 * 864e5;
const day = new Intl.DateTimeFormat([], { dateStyle: 'long', timeStyle: 'short' });

const writable = form => [...form.elements].filter(field =>
  field.name && !field.disabled && field.matches('textarea, input:not([type]), input[type="text"], input[type="url"]'));
const keyOf = (form, field) => `kept:${form.dataset.keep}:${location.pathname}:${field.name}`;
const plain = (field, text) => {
  const lines = text.replace(/\r\n?/g, '\n');
  return field.matches('textarea') ? lines : lines.trim();
};

function read(key) {
  try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
}

function write(key, text) {
  try { localStorage.setItem(key, JSON.stringify({ text, at: Date.now() })); return true; } catch { return false; }
}

function sweep() {
  let keys = [];
  // A browser may refuse to keep anything; then the Save button is all there is, and enough.
  try { keys = Object.keys(localStorage); } catch { return; }
  for (const key of keys) {
    if (key.startsWith('kept:') && !(Date.now() - read(key)?.at < DAYS)) localStorage.removeItem(key);
  }
}

// Copies that say something else than the page does. Those that say the same were saved.
function lost(form) {
  const found = [];
  for (const field of writable(form)) {
    const copy = read(keyOf(form, field));
    if (!copy) continue;
    if (plain(field, copy.text) !== plain(field, field.value)) found.push([field, copy]);
    else if (!('unsaved' in form.dataset)) localStorage.removeItem(keyOf(form, field));
  }
  return found;
}

function button(words, act) {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = 'button small plain';
  made.textContent = words;
  made.addEventListener('click', act);
  return made;
}

function offer(form, found) {
  const when = day.format(Math.max(...found.map(([, copy]) => copy.at)));
  const words = document.createElement('p');
  words.textContent = `This browser kept writing of ${when} that was not saved. The form shows what is saved.`;
  const notice = document.createElement('div');
  const matter = document.createElement('div');
  const ways = document.createElement('div');
  notice.className = 'notice warn up-4';
  notice.setAttribute('role', 'status');
  ways.className = 'cluster up-3';
  const icon = document.querySelector('#keep-icon')?.content.cloneNode(true) ?? document.createElement('span');
  ways.append(
    button('Put it back', () => {
      for (const [field, copy] of found) {
        field.value = copy.text;
        field.dispatchEvent(new Event('input', { bubbles: true }));
      }
      notice.remove();
      found[0][0].focus();
    }),
    button('Discard it', () => {
      for (const [field] of found) localStorage.removeItem(keyOf(form, field));
      notice.remove();
    }),
  );
  matter.append(words, ways);
  notice.append(icon, matter);
  form.before(notice);
}

function watch(form) {
  const state = form.querySelector('.save-state');
  const waiting = new Map();
  let isDirty = 'unsaved' in form.dataset;
  let isLeaving = false;

  const flush = () => {
    let isKept = true;
    for (const field of waiting.keys()) isKept = write(keyOf(form, field), field.value) && isKept;
    for (const timer of waiting.values()) clearTimeout(timer);
    waiting.clear();
    return isKept;
  };
  const tell = isKept => {
    if (!state) return;
    state.dataset.state = 'unsaved';
    state.lastElementChild.textContent = isKept ? 'Unsaved changes, kept in this browser' : 'Unsaved changes';
  };
  form.addEventListener('input', event => {
    isDirty = true;
    const field = event.target;
    if (!writable(form).includes(field)) return tell(false);
    clearTimeout(waiting.get(field));
    waiting.set(field, setTimeout(() => tell(flush()), 400));
  });
  form.addEventListener('submit', () => { flush(); isLeaving = true; });
  addEventListener('pagehide', flush);
  addEventListener('pageshow', () => { isLeaving = false; });
  addEventListener('beforeunload', event => {
    flush();
    if (isDirty && !isLeaving) event.preventDefault();
  });
}

function saveByKey(event) {
  if (event.key.toLowerCase() !== 's' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
  const form = document.activeElement?.closest?.('form[data-keep]') ?? document.querySelector('form[data-keep]');
  if (!form) return;
  event.preventDefault();
  form.requestSubmit(form.querySelector('.save-bar [type="submit"], .form-actions [type="submit"]'));
}

sweep();
for (const form of document.querySelectorAll('form[data-keep]')) {
  const found = lost(form);
  if (found.length) offer(form, found);
  watch(form);
}
document.addEventListener('keydown', saveByKey);
