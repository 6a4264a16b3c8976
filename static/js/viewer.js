// Shows a picture over the page instead of on a page of its own, with arrow keys and Escape.
// Each link leads to the picture's page without this file.
const dialog = document.createElement('dialog');
dialog.className = 'over';
dialog.setAttribute('aria-label', 'Picture');
let asked = 0;

async function show(href) {
  const turn = ++asked;
  let figure;
  try {
    const answer = await fetch(href);
    if (!answer.ok) throw answer;
    figure = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('[data-viewer]');
  } catch { figure = null; }
  if (turn !== asked) return;
  if (!figure) { location = href; return; }
  const was = document.activeElement?.rel;
  dialog.replaceChildren(figure);
  if (!dialog.isConnected) document.body.append(dialog);
  if (!dialog.open) dialog.showModal();
  (dialog.querySelector(`[rel="${was}"]`) ?? dialog.querySelector('[data-close]')).focus();
}

document.addEventListener('click', event => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const link = event.target.closest('a[data-view], dialog.over a[rel]');
  if (link) { event.preventDefault(); show(link.href); }
  else if (event.target.closest('dialog.over [data-close]')) { event.preventDefault(); dialog.close(); }
});
dialog.addEventListener('keydown', event => {
  const way = { ArrowLeft: 'prev', ArrowRight: 'next' }[event.key];
  const link = way && dialog.querySelector(`[rel="${way}"]`);
  if (link) { event.preventDefault(); show(link.href); }
});
dialog.addEventListener('close', () => { asked += 1; dialog.replaceChildren(); });
