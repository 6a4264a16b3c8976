// Small conveniences for every page. Each page works without this file.
import './theme.js';

// On a phone the tab one is on may lie beyond the edge.
document.querySelector('.tabs [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });

// Take the reader to the errors.
document.querySelector('.error-summary')?.focus();

// Sorting needs no second click once script is here.
document.addEventListener('change', event => {
  if (event.target.matches('[data-submits]')) event.target.form?.requestSubmit();
});

// Copy a citation.
document.addEventListener('click', async event => {
  const button = event.target.closest('[data-copy]');
  if (!button) return;
  await navigator.clipboard.writeText(document.querySelector(button.dataset.copy).textContent.trim());
  const words = button.lastChild;
  const before = words.textContent;
  words.textContent = ' Copied';
  setTimeout(() => { words.textContent = before; }, 2000);
});

// Signing out takes the copies of unsaved writing off this browser (js/keep.js makes them).
document.addEventListener('submit', event => {
  // The attribute, because a field of the form may be called action.
  if (!/\/logout\/$/.test(event.target.getAttribute('action') ?? location.pathname)) return;
  let keys = [];
  try { keys = Object.keys(localStorage); } catch { return; }
  for (const key of keys) if (key.startsWith('kept:')) localStorage.removeItem(key);
});

// Printing, which is also how a PDF is made.
for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => print());
}

// A link that stands for a part of a page: the part is put beside it, and the link stays.
for (const link of document.querySelectorAll('[data-loads]')) {
  fetch(link.dataset.loads).then(answer => (answer.ok ? answer.text() : '')).then(html => {
    if (html) link.parentElement.insertAdjacentHTML('afterend', html);
  }, () => {});
}
