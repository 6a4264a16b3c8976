// Conveniences of the search pages; each works without this file.
import './suggest.js';

// Keep the address of a search short: fields that say nothing are not sent.
const unsaid = { q: '', sort: '', match: 'any' };

for (const form of document.querySelectorAll('form[role="search"], form.plan')) {
  form.addEventListener('formdata', ({ formData }) => {
    for (const [name, value] of Object.entries(unsaid)) {
      if (formData.get(name) === value) formData.delete(name);
    }
    for (const name of new Set(formData.keys())) {
      const said = formData.getAll(name).filter(value => value);
      formData.delete(name);
      for (const value of said) formData.append(name, value);
    }
  });
}

// After a search the focus goes back to the control that was used, and the number is said.
const KEPT = 'search:used';
const form = document.querySelector('form#search');

function nameOf(element) {
  if (element.id) return `#${CSS.escape(element.id)}`;
  if (element.name) return `[name="${CSS.escape(element.name)}"][value="${CSS.escape(element.value)}"]`;
  if (element.matches('a.chip')) return '.active-filters a';
  if (element.matches('.apply button')) return '.apply button';
  return element.closest('.search-bar') && '.search-bar button';
}

function keep(element) {
  const used = element && nameOf(element);
  if (!used) return;
  try { sessionStorage.setItem(KEPT, JSON.stringify([location.pathname, used])); } catch { /* without */ }
}

function kept() {
  try {
    const [path, used] = JSON.parse(sessionStorage.getItem(KEPT)) ?? [];
    sessionStorage.removeItem(KEPT);
    return path === location.pathname ? used : null;
  } catch { return null; }
}

if (form) {
  form.addEventListener('submit', ({ submitter }) => {
    const here = document.activeElement;
    keep(here?.form === form ? here : submitter);
  });
  document.addEventListener('suggestion', ({ target }) => keep(target));
  document.querySelector('.active-filters')?.addEventListener('click', ({ target }) => keep(target.closest('a')));
  const used = kept();
  const control = used && (document.querySelector(used) ?? document.querySelector('.results-bar h2'));
  if (control) {
    for (let box = control.closest('details'); box; box = box.parentElement.closest('details')) box.open = true;
    if (!control.checkVisibility()) document.querySelector('.facets-open')?.focus();
    else {
      if (control.matches('h2')) control.tabIndex = -1;
      control.focus();
    }
    // A live region speaks when it changes, not when it arrives with its page.
    const said = document.createElement('p');
    said.className = 'visually-hidden';
    said.setAttribute('aria-live', 'polite');
    document.querySelector('.results-bar').append(said);
    setTimeout(() => { said.textContent = document.querySelector('.results-bar [role=status]').textContent; }, 100);
  }
}
