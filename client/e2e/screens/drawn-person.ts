/** A drawn head and shoulders in the place of a camera's picture: no real person is shown on a screenshot. */
export function drawPerson(context: CanvasRenderingContext2D, turn: number): void {
  const { width, height } = context.canvas
  const unit = width / 120
  context.save()
  const wall = context.createLinearGradient(0, 0, width, height)
  wall.addColorStop(0, '#cfd8d4')
  wall.addColorStop(1, '#aebbb5')
  context.fillStyle = wall
  context.fillRect(0, 0, width, height)
  context.translate(width / 2, height / 2 + 4 * unit)
  context.scale(unit, unit)

  context.fillStyle = '#3f5f8a'
  context.beginPath()
  context.ellipse(0, 84, 52, 36, 0, Math.PI, 2 * Math.PI)
  context.fill()
  context.fillStyle = '#c58f68'
  context.fillRect(-10, 28, 20, 26)
  context.fillStyle = '#2b211d'
  context.beginPath()
  context.ellipse(0, -10, 34, 40, 0, 0, 2 * Math.PI)
  context.fill()
  context.fillStyle = '#d9a57d'
  context.beginPath()
  context.ellipse(turn * 3, 2, 29, 37, 0, 0, 2 * Math.PI)
  context.fill()
  context.fillStyle = '#2b211d'
  context.beginPath()
  context.ellipse(turn * 3, -26, 30, 14, 0, Math.PI, 2 * Math.PI)
  context.fill()

  const across = turn * 9
  context.fillStyle = '#241a16'
  for (const x of [-11, 11]) {
    context.beginPath()
    context.ellipse(x + across, -2, 3, 3.4, 0, 0, 2 * Math.PI)
    context.fill()
    context.fillRect(x + across - 6, -11, 12, 2)
  }
  context.lineWidth = 2
  context.lineCap = 'round'
  context.strokeStyle = '#a87048'
  context.beginPath()
  context.moveTo(across * 1.25, 0)
  context.lineTo(across * 1.25 - 3, 11)
  context.lineTo(across * 1.25 + 2, 12)
  context.stroke()
  context.strokeStyle = '#9a4f43'
  context.beginPath()
  context.moveTo(across - 9, 20)
  context.quadraticCurveTo(across, 26, across + 9, 20)
  context.stroke()
  context.restore()
}
