// Choosing rows on the page of alerts. Without this file the boxes and buttons work as a plain form.
'use strict';

(() => {
    const form = document.getElementById('acts');
    if (!form) return;
    const $$ = (selector, root = form) => [...root.querySelectorAll(selector)];
    const chosen = new Set();
    const all = document.getElementById('all');
    const says = document.getElementById('chosen');
    let lastRow = null; // its key: the row itself is replaced when the page refreshes

    const key = (row) => row?.querySelector('.pick')?.value ?? null;

    function show() {
        for (const box of $$('.pick')) {
            box.checked = chosen.has(box.value);
            box.closest('tr').classList.toggle('chosen', box.checked || Boolean(all?.checked));
        }
        if (says) says.textContent = all?.checked ? '' : chosen.size ? chosen.size + ' chosen' : '';
    }

    function choose(value, on) {
        if (on) chosen.add(value);
        else chosen.delete(value);
        show();
    }

    form.addEventListener('change', (e) => {
        if (e.target === all) show();
        if (!e.target.classList.contains('pick')) return;
        choose(e.target.value, e.target.checked);
        // A box that keeps the focus would keep the page from refreshing itself.
        e.target.closest('tr').querySelector('a.go')?.focus({ preventScroll: true });
    });
    form.addEventListener('focusin', (e) => { lastRow = key(e.target.closest('tr[data-row]')) ?? lastRow; });
    // Enter in the comment would press the first button there is.
    form.addEventListener('keydown', (e) => {
        if (e.key === 'Enter' && e.target.name === 'comment') {
            e.preventDefault();
            form.querySelector('button[value=ack]').click();
        }
    });
    form.addEventListener('submit', () => {
        if (all?.checked || chosen.size) return;
        if (lastRow) choose(lastRow, true);
    });
    for (const button of $$('[data-pick]')) {
        button.hidden = false;
        button.addEventListener('click', () => {
            if (button.dataset.pick === 'row') {
                const row = document.activeElement?.closest?.('tr[data-row]');
                const value = row ? key(row) : lastRow;
                if (value) choose(value, !chosen.has(value));
            } else {
                const shown = $$('.pick').map((box) => box.value);
                const none = shown.every((value) => chosen.has(value));
                shown.forEach((value) => (none ? chosen.delete(value) : chosen.add(value)));
                show();
            }
        });
    }
    document.addEventListener('htmx:afterRequest', (e) => {
        if (e.target.id !== 'refresh') return;
        const there = new Set($$('.pick').map((box) => box.value));
        chosen.forEach((value) => { if (!there.has(value)) chosen.delete(value); });
        show();
    });
    window.addEventListener('pageshow', show);
})();
