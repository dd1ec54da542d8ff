/** Puts the focus on the form's first field with an error, once the errors are on the page. */
export function focusFirstWrong(form: EventTarget | null): void {
  requestAnimationFrame(() => {
    if (form instanceof HTMLFormElement) form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  })
}
