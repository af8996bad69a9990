const WIDTH = 900
const HEIGHT = 1240

function picture(url: string): Promise<HTMLImageElement> {
  return new Promise((resolve, reject) => {
    const image = new Image()
    image.crossOrigin = 'anonymous'
    image.onload = () => resolve(image)
    image.onerror = () => reject(new Error('图片没有取到'))
    image.src = url
  })
}

/** A poster to print, as PNG: the mall's name, what it is, the code, and where it hangs in small letters. */
export async function poster(code: string, name: string): Promise<Blob> {
  const image = await picture(code)
  const canvas = document.createElement('canvas')
  canvas.width = WIDTH
  canvas.height = HEIGHT
  const pen = canvas.getContext('2d')
  if (!pen) throw new Error('浏览器不能画图')
  pen.fillStyle = '#d8352a'
  pen.fillRect(0, 0, WIDTH, HEIGHT)
  pen.fillStyle = '#ffffff'
  pen.fillRect(80, 360, WIDTH - 160, WIDTH - 160)
  pen.textAlign = 'center'
  pen.font = 'bold 92px sans-serif'
  pen.fillText('昭通商城', WIDTH / 2, 180)
  pen.font = '46px sans-serif'
  pen.fillText('高原好物，产地直发', WIDTH / 2, 270)
  pen.imageSmoothingEnabled = false
  pen.drawImage(image, 130, 410, WIDTH - 260, WIDTH - 260)
  pen.font = '40px sans-serif'
  pen.fillText('微信扫一扫，进店逛逛', WIDTH / 2, 1170)
  pen.font = '24px sans-serif'
  pen.fillText(name, WIDTH / 2, 1216)
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('海报没有生成'))), 'image/png')
  })
}
