import { testDetectorContract } from '../../../../fixtures/detector-contract.ts'
import { tinyRetinaFace } from '../support/sessions.ts'

testDetectorContract(tinyRetinaFace)
