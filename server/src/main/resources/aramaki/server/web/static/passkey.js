// Passkeys: asks the server what to ask the device, the device for its answer, and brings it back.
'use strict';

(() => {
    const forms = [...document.querySelectorAll('form.passkey')];
    const bytes = (text) => Uint8Array.from(
        atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
    const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
        .replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');

    function decoded(options) {
        const known = (list) => list?.map((c) => ({ ...c, id: bytes(c.id) }));
        const all = { ...options, challenge: bytes(options.challenge) };
        if (options.user) all.user = { ...options.user, id: bytes(options.user.id) };
        if (options.excludeCredentials) all.excludeCredentials = known(options.excludeCredentials);
        if (options.allowCredentials) all.allowCredentials = known(options.allowCredentials);
        return all;
    }

    function encoded(credential) {
        const response = {};
        for (const name of ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle']) {
            if (credential.response[name]) response[name] = text(credential.response[name]);
        }
        return {
            id: credential.id,
            type: credential.type,
            response,
            clientExtensionResults: credential.getClientExtensionResults(),
        };
    }

    async function ask(path, body) {
        const answer = await fetch(path, {
            method: 'POST',
            headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
            body: JSON.stringify(body),
        });
        const said = await answer.json();
        if (answer.ok) return said;
        if (said.code === 'step-up') {
            location.assign('/step-up?back=' + encodeURIComponent(location.pathname));
        }
        throw new Error(said.detail);
    }

    // What a browser says of itself is too terse for people.
    function words(error) {
        switch (error.name) {
            case 'NotAllowedError': return 'Nothing was chosen, or it took too long. Try again.';
            case 'InvalidStateError': return 'This device has a passkey for you already.';
            case 'SecurityError': return 'This browser allows no passkey at this address.';
            default: return error.message;
        }
    }

    async function run(form) {
        const more = {};
        if (form.dataset.code) more.code = form.dataset.code;
        if (form.elements.label) more.label = form.elements.label.value;
        const { ceremony, options } = await ask(form.dataset.begin, more);
        const publicKey = decoded(options);
        const credential = form.dataset.make
            ? await navigator.credentials.create({ publicKey })
            : await navigator.credentials.get({ publicKey });
        const { next } = await ask(form.dataset.finish, { ceremony, credential: encoded(credential), ...more });
        location.assign(next);
    }

    for (const form of forms) {
        const says = form.querySelector('[role=status]');
        const button = form.querySelector('button');
        form.hidden = false;
        if (!window.PublicKeyCredential) {
            button.disabled = true;
            says.textContent = window.isSecureContext
                ? 'This browser knows no passkeys.'
                : 'Passkeys need https, or localhost: this page came over plain http.';
            continue;
        }
        form.addEventListener('submit', (e) => {
            e.preventDefault();
            button.disabled = true;
            says.textContent = 'Waiting for your device …';
            run(form).catch((error) => {
                button.disabled = false;
                says.textContent = words(error);
            });
        });
    }
})();
