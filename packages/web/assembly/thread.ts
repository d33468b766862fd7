/** Of the threads on this memory, the one that an instance of the kernels runs on, from 0. */
export declare const NUMBER: i32
