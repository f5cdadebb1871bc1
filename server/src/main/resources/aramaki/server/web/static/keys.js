// What the keys do. Which there are stands in the page, in the table that `?` shows; a page adds its
// own by `data-key` on a link or a button, whose title says what it does.
'use strict';

(() => {
    const $ = (selector, root = document) => root.querySelector(selector);
    const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
    const dialog = $('#keys');
    if (!dialog) return;

    const ACTS = {
        help: () => dialog.showModal(),
        palette: () => document.dispatchEvent(new CustomEvent('aramaki:palette')),
        filter: () => { const q = $('main #q'); if (q) { q.focus(); q.select(); } },
        next: () => move(1),
        before: () => move(-1),
        seen: () => $('.seen button')?.click(),
    };
    const table = $$('tr[data-keys]', dialog).map((row) => ({
        keys: row.dataset.keys,
        run: row.dataset.go ? () => location.assign(row.dataset.go) : ACTS[row.dataset.act],
    }));
    let prefix = '';
    let prefixTimer = 0;

    function off() {
        try {
            return localStorage.getItem('aramaki-keys') === 'off';
        } catch {
            return false;
        }
    }

    function move(step) {
        const rows = $$('[data-row]').filter((r) => $('a.go', r) && r.offsetParent !== null);
        const at = rows.findIndex((r) => r.contains(document.activeElement));
        const row = rows[at < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + step))];
        $('a.go', row ?? document.createElement('i'))?.focus();
        row?.scrollIntoView({ block: 'nearest' });
    }

    // A link or button of this page that says which key it has.
    const own = (pressed) => $$('[data-key]').find((e) => e.dataset.key === pressed && !e.closest('tr[data-row]') && e.offsetParent !== null);

    // A button of the row that has the focus; after its page came back, the row that took its place
    // has it.
    const NEXT = 'aramaki-next-row';

    function press(key) {
        const row = document.activeElement?.closest?.('tr[data-row]');
        const button = row && $(`button[data-key="${CSS.escape(key)}"]`, row);
        if (!button) return false;
        const table = row.closest('[id]:not(tr)');
        sessionStorage.setItem(NEXT, JSON.stringify({ in: table?.id, at: $$('tr[data-row]', table ?? document).indexOf(row) }));
        button.click();
        return true;
    }

    function focusNext() {
        const next = JSON.parse(sessionStorage.getItem(NEXT) ?? 'null');
        sessionStorage.removeItem(NEXT);
        const table = next && document.getElementById(next.in);
        const rows = table ? $$('tr[data-row]', table) : [];
        $('a.go', rows[Math.min(next?.at ?? 0, rows.length - 1)] ?? document.createElement('i'))?.focus();
    }

    document.addEventListener('keydown', (e) => {
        if (e.defaultPrevented || e.isComposing) return;
        if ((e.ctrlKey || e.metaKey) && !e.altKey && !e.shiftKey && e.key.toLowerCase() === 'k') {
            e.preventDefault();
            if (!dialog.open) ACTS.palette();
            return;
        }
        if (e.ctrlKey || e.metaKey || e.altKey) return;
        const typing = e.target.closest?.('input:not([type=checkbox]), textarea, select, [contenteditable]');
        if (e.key === 'Escape') {
            prefix = '';
            if (!$('dialog[open]') && document.activeElement !== document.body) document.activeElement.blur();
            return;
        }
        if (typing || $('dialog[open]') || (off() && e.key !== '?')) return;
        const pressed = prefix ? prefix + ' ' + e.key : e.key;
        prefix = '';
        clearTimeout(prefixTimer);
        const key = table.find((k) => k.keys === pressed);
        if (key?.run) {
            e.preventDefault();
            key.run();
        } else if (press(pressed)) {
            e.preventDefault();
        } else if (own(pressed)) {
            e.preventDefault();
            own(pressed).click();
        } else if (table.some((k) => k.keys.startsWith(pressed + ' '))) {
            prefix = pressed;
            prefixTimer = setTimeout(() => { prefix = ''; }, 1500);
        }
    });

    // The keys of this page stand below those of every page.
    const listed = new Set();
    for (const { dataset, title } of $$('[data-key]')) {
        if (listed.has(dataset.key)) continue; // each row may have the same
        listed.add(dataset.key);
        const row = $('tbody', dialog).insertRow();
        const cell = row.insertCell();
        dataset.key.split(' ').forEach((k) => {
            const kbd = document.createElement('kbd');
            kbd.textContent = k;
            cell.append(kbd, ' ');
        });
        row.insertCell().textContent = title;
    }
    const box = $('#keys-off');
    box.checked = off();
    box.addEventListener('change', () => localStorage.setItem('aramaki-keys', box.checked ? 'off' : 'on'));
    const open = $('#keys-open');
    open.hidden = false;
    open.addEventListener('click', ACTS.help);
    focusNext();
})();
