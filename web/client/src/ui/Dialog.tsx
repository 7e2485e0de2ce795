import './Dialog.css';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { Button } from './Button';

interface Props {
  title: string;
  onClose: () => void;
  /** Buttons at the end; Enter in a field of the form presses the one of type submit. */
  actions: ReactNode;
  onSubmit?: () => void;
  wide?: boolean;
  children: ReactNode;
}

/** A modal dialog over the page. Escape, the cross and a press outside close it. */
export function Dialog({ title, onClose, actions, onSubmit, wide = false, children }: Props) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    ref.current?.showModal();
  }, []);
  return (
    <dialog
      ref={ref}
      className={wide ? 'dialog wide' : 'dialog'}
      aria-labelledby={id}
      onClose={onClose}
      onMouseDown={(event) => event.target === ref.current && ref.current.close()}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit?.();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onSubmit?.();
        }}
      >
        <header>
          <h2 id={id}>{title}</h2>
          <Button
            look="quiet"
            icon="close"
            aria-label="Close"
            onClick={() => ref.current?.close()}
          />
        </header>
        <div className="dialog-body">{children}</div>
        <footer>{actions}</footer>
      </form>
    </dialog>
  );
}
