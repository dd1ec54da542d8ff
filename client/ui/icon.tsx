/** Line icons on a 24 unit grid, drawn for this page. */
const PATHS = {
  check: 'M5 12.5 10 17.5 19.5 7',
  cross: 'M6 6 18 18 M18 6 6 18',
  ring: 'M12 18a6 6 0 1 0 0-12 6 6 0 0 0 0 12Z',
  back: 'M14.5 5.5 8 12l6.5 6.5',
  forward: 'M9.5 5.5 16 12l-6.5 6.5',
  leave: 'M14 4H6.5A1.5 1.5 0 0 0 5 5.5v13A1.5 1.5 0 0 0 6.5 20H14 M10.5 12H20 M16.5 8.5 20 12l-3.5 3.5',
  info: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z M12 11v5.5 M12 7.6v.100',
  ask: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z M9.4 9.700a2.700 2.700 0 1 1 3.900 2.400c-.900.500-1.300 1-1.300 1.900 M12 17v.100',
  warn: 'M12 4 2.8 19.5h18.4Z M12 10v4.5 M12 17v.100',
  camera: 'M4 8.5h3.5L9 6h6l1.5 2.5H20V19H4Z M12 16.5a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4Z',
  'camera-off': 'M4 8.5h3.5L9 6h6l1.5 2.5H20V19H4Z M3 3l18 18',
  network: 'M2.5 9.5a14 14 0 0 1 19 0 M5.8 13a9.2 9.2 0 0 1 12.4 0 M9 16.4a4.5 4.5 0 0 1 6 0 M12 19.8v.100',
  'network-off':
    'M2.5 9.5a14 14 0 0 1 19 0 M5.8 13a9.2 9.2 0 0 1 12.4 0 M9 16.4a4.5 4.5 0 0 1 6 0 M12 19.8v.100 M4 3l16 18',
  menu: 'M4 7h16 M4 12h16 M4 17h16',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z M12 7v5.3l3.3 2',
  face: 'M12 21c4.2 0 7-4 7-9.2S16.2 3 12 3s-7 3.6-7 8.8S7.8 21 12 21Z M9 10.5v.600 M15 10.5v.600 M9.3 15.2c1.6 1.3 3.8 1.3 5.4 0',
  lock: 'M6 11h12v9H6Z M8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  phone: 'M8 3h8a1 1 0 0 1 1 1v16a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1Z M11 18h2',
  paper: 'M7 3.5h7l4 4V20.5H7Z M14 3.5v4h4 M10 12h5 M10 16h5',
  home: 'M4 11.2 12 4.5l8 6.700V20h-5.500v-5.500h-5V20H4Z',
  calendar:
    'M4.5 6h15v14h-15Z M4.5 10.5h15 M8.500 3.500V7.500 M15.500 3.500V7.500 M8.500 14.500h.100 M12 14.500h.100 M15.500 14.500h.100',
  mail: 'M4 6h16v12H4Z M4.500 6.700 12 13l7.500-6.300',
  person:
    'M12 12.200a3.900 3.900 0 1 0 0-7.800 3.900 3.900 0 0 0 0 7.800Z M4.800 20.500c.700-4 3.600-6 7.200-6s6.500 2 7.200 6',
  code: 'M4 4h6v6H4Z M14 4h6v6h-6Z M4 14h6v6H4Z M14 14h2.500v2.500 M20 14v.100 M14 20h.100 M17.500 20H20v-3',
  bars: 'M4 20.500h16 M7 17v-5.500 M12 17V5 M17 17v-9',
  sliders: 'M4 7h9 M17 7h3 M15 5v4 M4 17h3 M11 17h9 M9 15v4 M4 12h3 M7 12h13',
  people:
    'M9 11.500a3.300 3.300 0 1 0 0-6.600 3.300 3.300 0 0 0 0 6.600Z M2.800 19.500c.500-3.500 3-5.200 6.200-5.200s5.700 1.700 6.200 5.200 M15.500 5.200a3.200 3.200 0 0 1 0 6 M17.500 14.700c2 .600 3.300 2.200 3.700 4.800',
  ledger: 'M6 4h12v16H6Z M9.500 8.500h5 M9.500 12h5 M9.500 15.500h3',
  archive: 'M4 5h16v4.500H4Z M5.500 9.500V19h13V9.500 M10 13h4',
  place:
    'M12 21c4.500-4.700 6.500-8 6.500-11a6.500 6.500 0 0 0-13 0c0 3 2 6.300 6.500 11Z M12 12.300a2.300 2.300 0 1 0 0-4.600 2.300 2.300 0 0 0 0 4.600Z',
} as const

export type IconName = keyof typeof PATHS

/** A decorative line icon in the colour of the text around it; `size` in pixels. */
export function Icon({ name, size = 24 }: { name: IconName; size?: number }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" width={size} height={size} aria-hidden="true" focusable="false">
      <path
        d={PATHS[name]}
        fill="none"
        stroke="currentColor"
        stroke-width="1.9"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  )
}
