// Adds a passkey or signs in with one. A form says which: data-passkey="add" or "use". Its options
// stand in the page (data-options names the block) or are asked for at the form's own address.
const able = Boolean(window.PublicKeyCredential?.parseCreationOptionsFromJSON);
const PROBLEMS = {
  InvalidStateError: 'This device holds a passkey for your account already.',
  NotAllowedError: 'Your device did not confirm, or it took too long. Try again.',
  SecurityError: 'Passkeys need a site with a name. Open this one as “localhost”, not by its number.',
};

async function optionsOf(form) {
  const block = document.getElementById(form.dataset.options);
  if (block) return JSON.parse(block.textContent);
  const answer = await fetch(form.action, { headers: { Accept: 'application/json' } });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}

async function create(form, publicKey) {
  const alone = form.elements.passwordless.checked;
  publicKey.authenticatorSelection = {
    ...publicKey.authenticatorSelection,
    requireResidentKey: alone,
    residentKey: alone ? 'required' : 'discouraged',
    userVerification: alone ? 'required' : 'preferred',
  };
  return navigator.credentials.create({
    publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey),
  });
}

async function use(publicKey) {
  return navigator.credentials.get({
    publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey),
  });
}

async function confirm(form) {
  const problem = form.querySelector('[data-problem]');
  problem.hidden = true;
  try {
    const options = await optionsOf(form);
    const credential = form.dataset.passkey === 'add'
      ? await create(form, options.creation_options.publicKey)
      : await use(options.request_options.publicKey);
    form.elements.credential.value = JSON.stringify(credential);
    form.submit();
  } catch (error) {
    problem.textContent = PROBLEMS[error.name] ?? 'That did not work. Reload the page and try again.';
    problem.hidden = false;
  }
}

if (able) {
  document.querySelectorAll('[data-passkeys]').forEach(part => { part.hidden = false; });
  document.querySelectorAll('[data-no-passkeys]').forEach(part => { part.hidden = true; });
  document.querySelectorAll('form[data-passkey]').forEach(form => {
    form.addEventListener('submit', event => {
      event.preventDefault();
      confirm(form);
    });
  });
}
