import { RetinaFaceError } from '@retinaface/web'
import { AppError } from './app-error.ts'

const RELOAD = 'Load the page again; if that does not help, start the server anew.'

/** Any error as something that the page can say. */
export function explainError(error: unknown): AppError {
  if (error instanceof AppError) return error
  if (!RetinaFaceError.isInstance(error)) {
    const reason = error instanceof Error ? error.message : String(error)
    return new AppError('Something went wrong.', `${reason} ${RELOAD}`, error)
  }
  if (error.code === 'MODEL_LOAD') {
    return new AppError('The networks could not be loaded.', `${error.message} ${RELOAD}`, error)
  }
  if (error.code === 'WORKER_LOST') {
    return new AppError(
      'The detector was ended by the browser.',
      'It may have run out of memory: close other tabs, or try a smaller picture.',
      error,
    )
  }
  return new AppError('The picture could not be looked at.', error.message, error)
}
