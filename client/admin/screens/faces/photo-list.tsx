import type { Photo } from '../../../enrol/photos.ts'
import { Button } from '../../../ui/button.tsx'
import { ShotPicture } from '../../../ui/shot-picture.tsx'
import { useWords } from '../../app-context.ts'
import { faceTexts } from './texts.ts'

/** Every photograph with what it is worth, and why where that is too little. */
export function PhotoList(props: { readonly photos: readonly Photo[]; readonly onRemove: (photo: Photo) => void }) {
  const words = useWords(faceTexts)
  if (props.photos.length === 0) return null
  return (
    <ul class="photos" aria-label={words.photos}>
      {props.photos.map((photo, at) => {
        const label = `${at + 1}. ${photo.name}`
        return (
          <li key={label} class={photo.vector ? 'good' : 'poor'} data-testid="photo">
            {photo.picture ? (
              <ShotPicture picture={photo.picture} label={label} />
            ) : (
              <span class="no-face" aria-hidden="true">
                –
              </span>
            )}
            <span>{photo.name}</span>
            <span class={photo.vector ? 'badge good' : 'badge bad'}>
              {photo.fault === 'no_face' || photo.fault === 'unreadable' || photo.fault === 'one_face_only'
                ? words.unusable
                : words.qualityOf(Math.floor(photo.quality))}
            </span>
            {photo.fault && <span class="muted">{words.faults[photo.fault]}</span>}
            <Button kind="quiet" label={`${words.drop}: ${label}`} onPress={() => props.onRemove(photo)}>
              {words.drop}
            </Button>
          </li>
        )
      })}
    </ul>
  )
}
