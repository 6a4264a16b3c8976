// Another empty row without a round trip. Without this file a few empty rows are there from the
// start, and more appear after saving or after “Add a row”. Rows of a formset are numbered; those
// of a structured section have ids in the name of whoever adds them.
for (const section of document.querySelectorAll('[data-rows]')) {
  const total = section.querySelector(`[name="${section.dataset.rows}-TOTAL_FORMS"]`);
  const blank = section.querySelector('template');
  const list = section.querySelector('[data-list]');
  const ask = section.querySelector('[data-add-row]');
  if (!ask) continue;
  ask.hidden = false;
  ask.querySelector('button').addEventListener('click', event => {
    event.preventDefault();
    const row = document.createElement('template');
    const id = total ? total.value++ : `${section.dataset.by}x${section.dataset.next++}`;
    row.innerHTML = blank.innerHTML.replaceAll(total ? '__prefix__' : '__id__', id);
    list.append(row.content);
    const made = list.lastElementChild;
    made.querySelector('legend').textContent = `${section.dataset.one ?? 'Session'} ${list.children.length}`;
    made.querySelector('input:not([type="hidden"]), textarea, select').focus();
    if (list.children.length >= Number(section.dataset.most ?? 1e9)) ask.hidden = true;
  });
}

// Sums of a budget while it is typed, in hundredths, so that they are exact. Reading the form is
// forgiving here; the server has the last word.
const plan = document.querySelector('[data-rows="stipends"]')?.closest('.ledger');
const live = plan?.querySelector('[data-live]');
const number = text => {
  const plain = text.replace(/\s/g, '').replace(/,(?=\d{3}(\D|$))/g, '').replace(',', '.');
  return /^\d+(\.\d*)?$/.test(plain) ? BigInt(Math.round(Number(plain) * 100)) : 0n;
};
const cell = (row, name) => row.querySelector(`[name$="-${name}"]`)?.value ?? '';
const sum = (name, of) => [...ledger.querySelectorAll(`[data-rows="${name}"] .row`)].reduce((all, row) => all + of(row), 0n);
const money = hundredths => (Number(hundredths) / 100).toLocaleString('en-GB', { maximumFractionDigits: 2 });

function reckon() {
  const people = row => (cell(row, 'people') === '' ? 100n : number(cell(row, 'people')));
  const paid = sum('stipends', row => number(cell(row, 'rate')) * number(cell(row, 'hours')) * number(cell(row, 'months')) * people(row)) / 1000000n;
  const costs = sum('costs', row => number(cell(row, 'money')));
  const sources = sum('sources', row => number(cell(row, 'money')));
  const left = paid + costs - sources;
  live.textContent = `Stipends ${money(paid)}, other costs ${money(costs)}, in all ${money(paid + costs)}. Sources ${money(sources)}${left > 0n ? `, still open ${money(left)}` : ''}.`;
}
if (live) plan.addEventListener('input', reckon);
