/** Gives the focus to the first field of the open dialog that is wrong: it is marked with the next drawing. */
export function focusWrong(): void {
  setTimeout(() => document.querySelector<HTMLElement>('dialog[open] [aria-invalid="true"]')?.focus())
}
