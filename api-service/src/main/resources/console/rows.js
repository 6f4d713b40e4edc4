/** The rows of each container by the keys of their items. */
const kept = new WeakMap();

/**
 * Makes the children of an element be one per item, in order. Elements stay those of their items, so
 * that neither focus nor selection is lost while figures change.
 *
 * @param {Element} container
 * @param {Array} items
 * @param {(item) => string} keyOf names an item
 * @param {(item) => {element: Element, update: (item) => void}} create makes the row of a new item
 */
export function syncRows(container, items, keyOf, create) {
  if (!kept.has(container)) {
    kept.set(container, new Map());
  }
  const rows = kept.get(container);
  const wanted = new Set(items.map(keyOf));
  for (const [key, row] of rows) {
    if (!wanted.has(key)) {
      row.element.remove();
      rows.delete(key);
    }
  }
  items.forEach((item, index) => {
    const key = keyOf(item);
    if (!rows.has(key)) {
      rows.set(key, create(item));
    }
    const row = rows.get(key);
    row.update(item);
    if (container.children[index] !== row.element) {
      container.insertBefore(row.element, container.children[index] ?? null);
    }
  });
}

export function clearRows(container) {
  container.replaceChildren();
  kept.delete(container);
}
