type Context = OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D

/**
 * Draws a plain face, enough of one for the detector to take it for a face: the networks are warmed up on it, because
 * an empty picture would leave the mesh untouched and the first real face waiting for a quarter of a second.
 */
export function drawFace(context: Context, width: number, height: number): void {
  const unit = height / 480
  const spot = (x: number, y: number, rx: number, ry: number, colour: string) => {
    context.fillStyle = colour
    context.beginPath()
    context.ellipse(width / 2 + x * unit, height / 2 + y * unit, rx * unit, ry * unit, 0, 0, 2 * Math.PI)
    context.fill()
  }
  context.fillStyle = '#8a94a0'
  context.fillRect(0, 0, width, height)
  spot(0, -20, 118, 150, '#3a2a22')
  spot(0, 5, 100, 132, '#d9a688')
  for (const side of [-1, 1]) {
    spot(side * 42, -48, 26, 6, '#4a3428')
    spot(side * 42, -20, 20, 9, '#f4efe9')
    spot(side * 42, -20, 9, 9, '#35241a')
    spot(side * 10, 38, 6, 4, '#7a4b38')
  }
  spot(0, 30, 16, 12, '#c58f72')
  spot(0, 75, 38, 12, '#a8564e')
  spot(0, 75, 36, 2, '#7a3a34')
}
