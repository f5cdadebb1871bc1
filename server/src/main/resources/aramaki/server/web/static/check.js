// Reads a chart out where the pointer is, or with the arrow keys. The values are those of the table
// below it, which is there without this file too.
'use strict';

(() => {
    const WIDTH = 1000;
    const HEIGHT = 100;

    const rowsOf = (figure) => [...figure.querySelectorAll('tr[data-x]')];

    function read(figure, row) {
        const cursor = figure.querySelector('.cursor');
        const output = figure.querySelector('.chart-read');
        if (!row) {
            cursor.setAttribute('d', '');
            output.textContent = '';
            return;
        }
        const [at, value, least, most] = [...row.cells].map((c) => c.textContent.trim());
        cursor.setAttribute('d', `M${row.dataset.x} 0V${HEIGHT}`);
        output.textContent = `${at}  ${value}` + (least ? `  (${least} to ${most})` : '');
    }

    function nearest(rows, x) {
        let best = null;
        for (const row of rows) {
            if (!best || Math.abs(row.dataset.x - x) < Math.abs(best.dataset.x - x)) best = row;
        }
        return best;
    }

    const chart = (target) => target.closest?.('.chart svg');

    document.addEventListener('pointermove', (e) => {
        const svg = chart(e.target);
        if (!svg) return;
        const box = svg.getBoundingClientRect();
        const figure = svg.closest('.chart');
        read(figure, nearest(rowsOf(figure), ((e.clientX - box.left) / box.width) * WIDTH));
    }, { passive: true });

    document.addEventListener('pointerout', (e) => {
        const svg = chart(e.target);
        if (svg && !svg.contains(e.relatedTarget)) read(svg.closest('.chart'), null);
    });

    document.addEventListener('focusout', (e) => {
        const svg = chart(e.target);
        if (svg) read(svg.closest('.chart'), null);
    });

    document.addEventListener('keydown', (e) => {
        const svg = chart(e.target);
        const step = { ArrowLeft: -1, ArrowRight: 1 }[e.key];
        if (!svg || !step || e.ctrlKey || e.altKey || e.metaKey) return;
        const figure = svg.closest('.chart');
        const rows = rowsOf(figure);
        const shown = /^M(\d+)/.exec(figure.querySelector('.cursor').getAttribute('d'));
        const at = shown ? rows.findIndex((r) => r.dataset.x === shown[1]) : -1;
        const next = at < 0 ? rows.length - 1 : Math.min(rows.length - 1, Math.max(0, at + step));
        read(figure, rows[next]);
        e.preventDefault();
    });
})();
