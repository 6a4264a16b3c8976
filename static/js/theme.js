// Light or dark without a second click. The server keeps the choice in a cookie, so nothing flashes.
const form = document.querySelector('.theme-switch');

form?.addEventListener('change', async event => {
  const { value } = event.target;
  const root = document.documentElement;
  if (value) root.dataset.theme = value; else delete root.dataset.theme;
  await fetch(form.action, { method: 'POST', body: new FormData(form) });
});
if (form) form.querySelector('button').hidden = true;
