import type { OverlayName } from '../parameters/overlay.ts';
import type { Size } from '../plan/geometry.ts';
import type { OperationContext, WorkingPicture } from './operation.ts';
import { resizeTo } from './resize.ts';

/** In its own size, or fitted into a share of the picture that may enlarge it; never larger than `room`. */
export const overlaySize = (overlay: Size, base: Size, percent: number, room: Size): Size => {
  const part = percent / 100;
  const share =
    percent === 0 ? 1 : Math.min((base.width * part) / overlay.width, (base.height * part) / overlay.height);
  const scale = Math.min(share, room.width / overlay.width, room.height / overlay.height);
  return {
    width: Math.max(1, Math.min(room.width, Math.round(overlay.width * scale))),
    height: Math.max(1, Math.min(room.height, Math.round(overlay.height * scale))),
  };
};

/** An overlay of the plan in its size; null where the plan has none. */
export const openSized = async (
  name: OverlayName,
  context: OperationContext,
  sizeOf: (overlay: Size) => Size,
): Promise<WorkingPicture | null> => {
  const overlay = await context.openOverlay(name);
  return overlay === null ? null : resizeTo(overlay, sizeOf(overlay));
};
