import { Drawer } from 'antd';
import type { ReactNode } from 'react';

/** The panel at the side that a list opens into. Its body can be focused, so that it can be scrolled by keyboard. */
export function SidePanel({
  open,
  title,
  width = 720,
  onClose,
  footer,
  children,
}: {
  open: boolean;
  title: ReactNode;
  width?: number;
  onClose(): void;
  footer?: ReactNode;
  children: ReactNode;
}) {
  return (
    <Drawer
      open={open}
      onClose={onClose}
      size={width}
      title={title}
      footer={footer}
      destroyOnHidden
      rootClassName="side-panel"
    >
      <div className="stack side-body" tabIndex={0}>
        {children}
      </div>
    </Drawer>
  );
}
