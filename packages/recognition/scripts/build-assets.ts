import { mkdir, writeFile } from 'node:fs/promises'
import { verifySha256 } from '@retinaface/models'
import { dlibResnet } from '../src/dlib-resnet.ts'
import { buildDlibResnet } from './build-dlib-resnet.ts'

const network = await buildDlibResnet()
// If the change is meant, write what is found into src/dlib-resnet.ts.
await verifySha256(network, dlibResnet.sha256, dlibResnet.id)
await mkdir(new URL('.', dlibResnet.url), { recursive: true })
await writeFile(dlibResnet.url, network)
