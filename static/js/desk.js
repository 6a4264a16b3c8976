// Keys of the review desk: the same as its links and buttons, one letter each. Whoever speaks to
// their computer, or strikes keys by accident, switches them off; this device remembers.
const OFF = 'desk-keys-off';
const help = document.querySelector('[data-keys]');
const choice = help?.querySelector('[data-keys-on]');
if (help) help.hidden = false;

function remembered() {
  try { return localStorage.getItem(OFF) === null; } catch { return true; }
}

if (choice) {
  choice.checked = remembered();
  choice.addEventListener('change', () => {
    try {
      if (choice.checked) localStorage.removeItem(OFF);
      else localStorage.setItem(OFF, '1');
    } catch { /* Without storage it holds for this page. */ }
  });
}

const stops = () => [...document.querySelectorAll('.queue .title a, .place')];
const here = () => stops().findIndex(stop => stop.contains(document.activeElement));

function go(steps) {
  const all = stops();
  const stop = all[Math.min(Math.max(here() + steps, 0), all.length - 1)];
  if (stop?.matches('.place')) stop.tabIndex = -1;
  stop?.focus();
}

const keys = {
  j: () => go(1),
  k: () => go(-1),
  o: () => (stops()[here()] ?? document.querySelector('[data-next]'))?.click(),
  x: () => stops()[here()]?.closest('tr')?.querySelector('[name=chosen]')?.click(),
  d: () => {
    const link = stops()[here()];
    if (link?.href) location.assign(`${link.href}#decision`);
    else document.querySelector('[data-decision] input:not([type=hidden])')?.focus();
  },
  '?': () => {
    help.open = !help.open;
    if (help.open) help.querySelector('summary').focus();
  },
};

document.addEventListener('keydown', event => {
  const isWriting = event.target.matches('textarea, select, input:not([type=checkbox], [type=radio])');
  if (!choice?.checked || isWriting || event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
  event.preventDefault();
  keys[event.key]();
});
