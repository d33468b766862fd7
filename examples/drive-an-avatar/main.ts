import { createWorkerRetinaFace, detectVideo } from '@retinaface/web'
import { Euler, HemisphereLight, type Mesh, PerspectiveCamera, Scene, WebGLRenderer } from 'three'
import { GLTFLoader } from 'three/addons/loaders/GLTFLoader.js'

const canvas = document.querySelector('canvas')!
const renderer = new WebGLRenderer({ canvas, antialias: true, alpha: true })
const camera = new PerspectiveCamera(22, canvas.width / canvas.height, 0.05, 10)
camera.position.set(0, 0, 1)
const scene = new Scene()
scene.add(new HemisphereLight('#fff', '#777', 3))
const gltf = await new GLTFLoader().loadAsync('/photo-1.glb')
const head = gltf.scene.getObjectByProperty('isMesh', true) as Mesh
scene.add(gltf.scene)

const video = document.createElement('video')
video.muted = true
video.srcObject = await navigator.mediaDevices.getUserMedia({ video: true })
await video.play()

const retinaface = await createWorkerRetinaFace()
const strength = 1.3
await detectVideo(retinaface, video, {
  expressions: true,
  maxFaces: 1,
  onFaces([face]) {
    if (!face?.expressions || !face.pose) return
    const influences = head.morphTargetInfluences!
    for (const [name, place] of Object.entries(head.morphTargetDictionary!)) {
      const value = face.expressions[name as keyof typeof face.expressions] ?? 0
      influences[place] = Math.min(1, strength * value)
    }
    const { yaw, pitch, roll } = face.pose
    const radians = Math.PI / 180
    head.setRotationFromEuler(new Euler(-pitch * radians, yaw * radians, roll * radians, 'YXZ'))
    renderer.render(scene, camera)
  },
})
