// An address as a QR code (ISO/IEC 18004), for the camera of a phone: inline SVG, one path.
import type { FC } from 'hono/jsx'
import encodeQR from 'qr'

interface QrCodeProps {
  readonly text: string
  readonly label: string
}

/** Bytes; what is longer makes a code too fine for cameras. */
const LONGEST = 600
/** Modules of quiet around the code, which scanners need. */
const QUIET = 4

export const QrCode: FC<QrCodeProps> = ({ text, label }) => {
  if (new TextEncoder().encode(text).length > LONGEST) return null
  const modules = encodeQR(text, 'raw', { ecc: 'low', border: QUIET })
  const size = modules.length
  return (
    <svg
      class="qr"
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      width="148"
      height="148"
    >
      <path class="qr-paper" d={`M0 0h${size}v${size}H0z`} />
      <path class="qr-ink" d={modules.flatMap(runs).join('')} />
    </svg>
  )
}

/** The dark runs of a row as closed strips. */
function runs(row: readonly boolean[], y: number): string[] {
  const strips: string[] = []
  for (let x = 0; x < row.length; x++) {
    if (!row[x]) continue
    const from = x
    while (row[x + 1]) x++
    const length = x - from + 1
    strips.push(`M${from} ${y}h${length}v1h-${length}z`)
  }
  return strips
}
