// Dragging over the lanes selects a stretch of time; arrow keys go from mark to mark. Without this
// file there are links for all of it.
'use strict';

(() => {
    const SHORTEST_MS = 60000;
    const SMALLEST_DRAG = 6; // pixels; less is a click
    const $ = (selector, root = document) => root.querySelector(selector);
    const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
    let drag = null;

    // Found anew each time: the page replaces its lanes while it is live.
    const lanes = () => $('#lanes');
    const canvas = () => $('.lane svg', lanes()).getBoundingClientRect();

    function help() {
        const hint = $('.drag', lanes());
        if (hint) hint.hidden = false;
    }

    const clamp = (x, box) => Math.min(box.right, Math.max(box.left, x));

    function instantAt(x) {
        const box = canvas();
        const from = Date.parse(lanes().dataset.from);
        const to = Date.parse(lanes().dataset.to);
        return Math.round(from + ((clamp(x, box) - box.left) / box.width) * (to - from));
    }

    function words(from, to) {
        const options = to - from < 600000 ? { timeStyle: 'medium' } : { timeStyle: 'short' };
        if (to - from > 43200000) options.dateStyle = 'short';
        const format = new Intl.DateTimeFormat(undefined, options);
        return format.format(from) + ' to ' + format.format(to);
    }

    function paint() {
        const strips = $('.strips', lanes());
        const outer = strips.getBoundingClientRect();
        const box = canvas();
        const left = Math.min(clamp(drag.from, box), clamp(drag.to, box));
        const right = Math.max(clamp(drag.from, box), clamp(drag.to, box));
        if (!drag.brush || !strips.contains(drag.brush)) {
            drag.brush = document.createElement('div');
            drag.brush.className = 'brush';
            drag.says = document.createElement('div');
            drag.says.className = 'brush-says';
            strips.append(drag.brush, drag.says);
        }
        drag.brush.style.left = left - outer.left + 'px';
        drag.brush.style.width = right - left + 'px';
        drag.says.textContent = words(instantAt(left), instantAt(right));
        const room = outer.width - drag.says.offsetWidth - 4;
        drag.says.style.left = Math.max(0, Math.min(room, left - outer.left)) + 'px';
    }

    function end() {
        drag?.brush?.remove();
        drag?.says?.remove();
        document.body.classList.remove('is-brushing');
        drag = null;
    }

    function select(a, b) {
        let from = Math.min(a, b);
        let to = Math.max(a, b);
        if (to - from < SHORTEST_MS) {
            const middle = Math.round((from + to) / 2);
            from = middle - SHORTEST_MS / 2;
            to = middle + SHORTEST_MS / 2;
        }
        const at = (ms) => new Date(ms).toISOString();
        location.assign(`${lanes().dataset.here}&from=${at(from)}&to=${at(to)}`);
    }

    document.addEventListener('pointerdown', (e) => {
        const svg = e.target.closest?.('.lane svg');
        if (!svg || e.button !== 0 || e.pointerType === 'touch') return;
        drag = { from: e.clientX, to: e.clientX, moved: false };
    });
    document.addEventListener('pointermove', (e) => {
        if (!drag) return;
        drag.to = e.clientX;
        if (!drag.moved && Math.abs(drag.to - drag.from) < SMALLEST_DRAG) return;
        drag.moved = true;
        document.body.classList.add('is-brushing');
        paint();
    });
    document.addEventListener('pointerup', () => {
        if (!drag) return;
        const { from, to, moved } = drag;
        const [a, b] = moved ? [instantAt(from), instantAt(to)] : [0, 0];
        end();
        if (moved) {
            // The click that follows would open the mark under the hand.
            document.addEventListener('click', (e) => e.preventDefault(), { capture: true, once: true });
            setTimeout(() => select(a, b));
        }
    });
    // The lanes stay as they are while a hand is on them.
    document.addEventListener('htmx:beforeRequest', (e) => { if (drag?.moved) e.preventDefault(); });
    document.addEventListener('pointercancel', end);
    document.addEventListener('dragstart', (e) => { if (e.target.closest?.('.lane')) e.preventDefault(); });
    document.addEventListener('keydown', (e) => {
        if (e.key === 'Escape' && drag) end();
        const mark = e.target.closest?.('.lane a');
        if (!mark || e.ctrlKey || e.metaKey || e.altKey) return;
        const next = neighbour(mark, e.key);
        if (!next) return;
        e.preventDefault();
        next.focus();
    });

    function neighbour(mark, key) {
        const lane = mark.closest('.lane');
        const marks = $$('a', lane);
        const at = marks.indexOf(mark);
        switch (key) {
            case 'ArrowRight': return marks[at + 1];
            case 'ArrowLeft': return marks[at - 1];
            case 'Home': return marks[0];
            case 'End': return marks.at(-1);
            case 'ArrowUp': return nearest(mark, lane, -1);
            case 'ArrowDown': return nearest(mark, lane, 1);
            default: return null;
        }
    }

    function nearest(mark, lane, step) {
        const all = $$('.lane:not(.axis)').filter((l) => l === lane || $('a', l));
        const other = all[all.indexOf(lane) + step];
        const middle = (a) => { const box = a.getBoundingClientRect(); return box.left + box.width / 2; };
        const here = middle(mark);
        return other && $$('a', other).reduce((best, a) =>
            (!best || Math.abs(middle(a) - here) < Math.abs(middle(best) - here) ? a : best), null);
    }

    if (lanes()) help();
    document.addEventListener('htmx:afterRequest', () => { if (lanes()) help(); });
})();
